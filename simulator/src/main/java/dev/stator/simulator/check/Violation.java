package dev.stator.simulator.check;

/**
 * Something that must never happen has happened.
 *
 * @param checker what found it
 */
public record Violation(String checker, String what) {
    @Override
    public String toString() {
        return checker + ": " + what;
    }
}
