package dev.stator.simulator;

import dev.stator.simulator.check.Violation;
import java.util.List;

/**
 * What came of a history.
 *
 * @param digest of everything that happened: equal where two histories are the same
 * @param summary in a few lines
 */
public record Verdict(long seed, List<Violation> violations, String digest, List<String> summary) {
    public Verdict {
        violations = List.copyOf(violations);
        summary = List.copyOf(summary);
    }

    public boolean passed() {
        return violations.isEmpty();
    }
}
