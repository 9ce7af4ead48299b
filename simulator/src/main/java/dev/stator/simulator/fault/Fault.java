package dev.stator.simulator.fault;

import java.util.Locale;

/** The kinds of faults, as they are named on the command line. */
public enum Fault {
    CRASH("one node, two of them, or all lose power or are killed, and are started again"),
    PARTITION("machines cannot talk, in one direction or in both"),
    STORM("messages are lost, repeated, late and out of order"),
    PAUSE("a process stands still for up to three seconds"),
    CLOCK("clocks change their rate within 1 %, wall clocks jump"),
    SLOW("a disk or a store is slow"),
    DISK("a write or a sync fails, which stops the node");

    private final String description;

    Fault(String description) {
        this.description = description;
    }

    /** What happens. */
    public String description() {
        return description;
    }

    /** As on the command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
