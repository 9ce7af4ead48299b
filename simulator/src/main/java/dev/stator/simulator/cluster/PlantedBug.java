package dev.stator.simulator.cluster;

/**
 * A mistake that the simulated cluster makes on purpose, to show that the checkers would catch it.
 */
public enum PlantedBug {
    NONE("no mistake"),
    ACKNOWLEDGE_BEFORE_SYNC("a record counts as durable as soon as it is written, before its sync"),
    READ_FROM_ANY_REPLICA("strongly consistent reads are sent as eventually consistent ones"),
    READ_WITHOUT_LEASE("a leader reads for clients whether or not it holds a lease"),
    WIPED_DISK_VOTES("a machine that crashed comes back with an empty disk and its old name"),
    FORGETS_PROMISES("promises are not written to the log"),
    REPEATED_CALLS("the network delivers a router's calls more than once");

    private final String description;

    PlantedBug(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
