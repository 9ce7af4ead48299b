package dev.stator.simulator.engine;

/**
 * What happens seldom and matters: each fault that is made, and each turn of the protocol that only
 * faults bring about. A run of many seeds counts them; one that never happened is a hole in what
 * was tried.
 */
public enum RareEvent {
    // Machines
    CRASH_OF_ONE("a node crashes"),
    CRASH_OF_TWO("two nodes crash at once"),
    CRASH_OF_ALL("all nodes crash at once"),
    POWER_LOST("a machine loses power, with what was not synced"),
    PROCESS_KILLED("a process is killed"),
    STORE_TAIL_LOST("a crash loses what the store had not flushed"),
    LOG_TAIL_TORN("recovery cuts a torn tail off the log"),
    STORE_AHEAD_OF_LOG("after a crash the store holds more than the log"),
    PAUSED("a process stands still"),
    PAUSED_BEYOND_LEASE("a process stands still for longer than a lease"),

    // Disks
    SYNC_FAILED("a sync fails, and the node stops"),
    WRITE_FAILED("a write fails, and the node stops"),
    DIRECTORY_SYNC_FAILED("the sync of a directory fails, and the node stops"),
    SYNC_SLOW("a disk takes long to sync"),
    APPLY_SLOW("a store takes long to write"),
    READ_SLOW("a store takes long to read"),
    READ_OVERTAKEN("a read of the store ends before one that began earlier"),
    LOG_BIT_FLIPPED("a bit of a log flips"),
    LOG_REFUSED("a node refuses to start from a damaged log"),
    STORE_BIT_FLIPPED("a bit of an item in a store flips"),
    REPLICA_STOPPED("a replica stops at a damaged item"),
    DIRECTORY_WIPED("a machine's directory is emptied"),
    WIPED_NODE_REFUSED("a node with an emptied directory is not taken for the old one"),
    DISK_RESTORED("a machine's disk is put back to an older copy"),
    RESTORED_NODE_REFUSED("a node whose disk was put back is refused by its peers"),
    SEGMENTS_DELETED("old segments of a log are deleted"),

    // Network
    MESSAGE_LOST("a message is lost"),
    MESSAGE_HELD("a message arrives later than a lease lasts"),
    MESSAGE_TO_LATER_RUN("a message arrives at another run of its receiver than it was sent to"),
    MESSAGE_REPEATED("a message arrives twice"),
    MESSAGE_OVERTAKEN("a message arrives before one that was sent earlier"),
    FRAME_CORRUPTED("a frame is corrupted, and its connection ends"),
    CUT_HEARS_NOBODY("a machine is heard and hears nobody"),
    CUT_HEARD_BY_NOBODY("a machine hears and is heard by nobody"),
    CUT_OFF("a machine is cut off"),
    CUT_LONG("a machine is cut off for longer than a leader's word is good for"),
    CUT_ROLLING("one machine after the other is cut off"),
    CUT_FROM_ONE("two machines cannot talk, a third can with both"),

    // Clocks
    CLOCK_AT_THE_BOUND("a clock runs as wrong as leases tolerate"),
    CLOCK_BEYOND_THE_BOUND("a clock runs more wrong than leases tolerate"),
    CLOCK_JUMPED("the clock that leases run on jumps"),
    WALL_CLOCK_JUMPED("a wall clock jumps"),

    // Replication
    LEADER_HUNTED("a leader is taken away with writes under way, or as soon as it leads"),
    SUPPORTER_RESTARTED("the only follower that a lease rests on restarts unseen by the leader"),
    LEADER_CHANGED("a group gets another leader"),
    LEASE_RAN_OUT("a leader that served has no lease any more"),
    TWO_SERVE("two leaders serve one group; clocks beyond the bound only"),
    LEADER_HEARD_BY_OTHERS("a member that does not hear the leader learns that another one does"),
    REFUSED_FOR_LEASE("a member refuses a promise because of a lease that it granted"),
    SILENT_AFTER_START("a member refuses a promise because it has just started"),
    REFUSED_FOR_BALLOT("a member refuses because it has promised a higher ballot"),
    LOG_ADOPTED("a candidate fetches entries from a better log than its own"),
    LOG_ADOPTED_IN_PARTS("a candidate fetches more entries than fit in one message"),
    ENTRIES_REPLACED("a member replaces entries that were never chosen"),
    MEMBER_BEHIND("a member lacks what precedes the entries it is sent"),
    LEASE_WITHDRAWN("a member tells an old leader that its promise stands no more"),
    OFFICE_CEDED("a node tells with a heartbeat that it leads no more"),
    RESIGNED("a leader gives up its office"),
    SNAPSHOT_SENT("a member is sent a snapshot"),
    SNAPSHOT_COMPLETE("a snapshot arrives whole"),
    SNAPSHOT_INTERRUPTED("a node starts with a store that a snapshot has voided"),
    LOG_CUT("a leader has the log cut"),

    // Requests
    WRITES_TO_ONE_KEY("a write comes to an item while another write to it is under way"),
    CONDITION_FAILED("a condition does not hold"),
    OUTCOME_UNKNOWN("the outcome of a write is unknown"),
    REQUEST_NOT_DONE("a request cannot be served"),
    TRANSACTION_CANCELED("a transaction is cancelled"),
    TRANSACTION_REPEATED("a transaction is asked for again, and was done or is done then"),
    TRANSACTION_IN_PROGRESS("a transaction is asked for again while it is under way"),
    TRANSACTION_COMPLETED_LATER(
            "a transaction that was committed is completed by others, or long afterwards"),
    TRANSACTION_GIVEN_UP_LATER(
            "a transaction that came to a standstill is given up by others, or long afterwards"),
    WRITE_MET_TRANSACTION("a single write meets an item that a transaction holds"),
    EVENTUAL_READ_STALE("an eventually consistent read sees what is no longer so"),
    PAGE_CONTINUED("a range is read in more than one page"),
    READ_WHILE_WRITING("a range is read while writes to it are under way"),
    WRITES_IN_FLOOD("twenty writes to one item and more are under way"),
    TABLE_CREATED("a table comes into being while faults come"),
    TABLE_OF_MANY_PARTITIONS("a table of more than twenty partitions is used"),
    TABLE_DELETED("a table is deleted"),
    INDEX_CREATED("an index is made of a table that is in use"),
    INDEX_DELETED("an index of a table that is in use is deleted"),
    INDEX_CHANGE_UNKNOWN("whether an index is made or deleted stays unknown at first");

    private final String description;

    RareEvent(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
