package dev.stator.simulator.fault;

import java.util.Locale;

/** The kinds of faults, as they are named on the command line. */
public enum Fault {
    CRASH("one node, two of them, or all lose power or are killed, and are started again"),
    PARTITION("machines cannot talk, in one direction or in both"),
    HUNT("leaders, and those their leases rest on, are struck at the worst moment"),
    STORM("messages are lost, repeated, late and out of order"),
    CORRUPT("frames are corrupted on their way"),
    PAUSE("a process stands still for up to three seconds"),
    CLOCK("clocks change their rate within 1 %, wall clocks jump"),
    SLOW("a disk or a store is slow"),
    DISK("a write or a sync fails, which stops the node"),
    DAMAGE(
            "bits flip on one machine's disk, or it is emptied or put back to an older copy; the"
                    + " machine may be lost for good"),
    DRIFT("clocks run wrong and jump beyond the bound; what rests on leases is not checked then");

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
