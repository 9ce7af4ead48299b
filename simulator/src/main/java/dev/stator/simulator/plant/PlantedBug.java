package dev.stator.simulator.plant;

import dev.stator.replication.Timing;

/**
 * A mistake that the simulated cluster makes on purpose, to show that the checkers would catch it.
 * Each is made at the ports of the real code: what is written, sent, read or told the time is not
 * what the code meant.
 */
public enum PlantedBug {
    NONE("no mistake"),
    ACKNOWLEDGE_BEFORE_SYNC("a record counts as durable as soon as it is written, before its sync"),
    READ_FROM_ANY_REPLICA("strongly consistent reads are sent as eventually consistent ones"),
    READ_WITHOUT_LEASE("a leader reads for clients whether or not it holds a lease"),
    TRUST_EXPIRED_LEASE("one node relies on a lease for four times as long as it was granted"),
    WIPED_DISK_VOTES("a machine that crashed comes back with an empty disk and its old name"),
    RESTORED_DISK_VOTES(
            "a machine whose disk was put back to an older copy is let in by its peers"),
    FORGET_PROMISES(
            "promises are not written to the log: after a restart a node votes again in a ballot"),
    VOTE_TWICE("an acceptor votes in a ballot below the one it has promised"),
    FORGET_ACCEPTED("promises name no accepted entries"),
    RECOVER_SLOT_BY_SLOT("a candidate keeps its own entries above the end of the best log"),
    RENEW_WITHDRAWN_LEASE("an answer to a heartbeat renews leases that members have given away"),
    NO_SILENCE_AFTER_RESTART("a node that restarted promises at once, whatever it had granted"),
    READ_CLOCK_ONCE_PER_BATCH(
            "what waited while a process stood still is done as if it were still then"),
    EVALUATE_ON_OLD_IMAGE("two writes in flight to one key are evaluated on the same image"),
    ANSWER_UNCOMMITTED("a failed condition is answered from an image that is not committed"),
    CUT_UNFLUSHED_LOG("a store counts as flushed what it has only in memory"),
    SKIP_FRAME_CHECKSUM("a frame from another node is taken whatever its checksum says"),
    REPEAT_CALLS("the network delivers a router's calls more than once"),
    SERVE_EVENTUAL_FOR_EVER("a replica that hears no leader goes on serving eventual reads"),
    FORGET_PREPARED("what a transaction has prepared does not keep another one away"),
    READ_IN_ONE_ROUND("a read transaction does not look whether an item has changed meanwhile");

    private static final int LEASES_TRUSTED = 4;
    private static final long FOR_EVER_NANOS = 3_600_000_000_000L;

    private final String description;

    PlantedBug(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    /** Whether items are to be read from the store even where they could be remembered. */
    public boolean readsTheStore() {
        return this == EVALUATE_ON_OLD_IMAGE;
    }

    /** What sits at the ports of a shard that makes this mistake. */
    public ShardPlant plantAt(ShardGate gate) {
        return switch (this) {
            case READ_WITHOUT_LEASE -> new Rewriting.ReadsWithoutLease();
            case FORGET_PROMISES -> new Rewriting.ForgetsPromises();
            case VOTE_TWICE -> new VotesTwice();
            case FORGET_ACCEPTED -> new Rewriting.ForgetsAccepted();
            case RECOVER_SLOT_BY_SLOT -> new RecoversSlotBySlot();
            case RENEW_WITHDRAWN_LEASE -> new Rewriting.RenewsAllLeases();
            case EVALUATE_ON_OLD_IMAGE -> new EvaluatesOnOldImage(gate);
            case ANSWER_UNCOMMITTED -> new AnswersUncommitted(gate);
            case FORGET_PREPARED -> new ForgetsPrepared(gate);
            case READ_IN_ONE_ROUND -> new ReadsInOneRound(gate);
            default -> ShardPlant.NOTHING;
        };
    }

    /** Whether peers let a node in whatever they have heard of its runs. */
    public boolean admitsAnyRun() {
        return this == WIPED_DISK_VOTES || this == RESTORED_DISK_VOTES;
    }

    /**
     * The times that a node goes by.
     *
     * @param first whether it is the first node of the cluster
     */
    public Timing timing(Timing right, boolean first) {
        return switch (this) {
            case TRUST_EXPIRED_LEASE ->
                    first
                            ? with(
                                    right,
                                    right.leaseNanos() * LEASES_TRUSTED,
                                    right.eventualReadNanos())
                            : right;
            case SERVE_EVENTUAL_FOR_EVER -> with(right, right.leaseNanos(), FOR_EVER_NANOS);
            default -> right;
        };
    }

    private static Timing with(Timing right, long leaseNanos, long eventualReadNanos) {
        return new Timing(
                leaseNanos,
                right.driftPpm(),
                right.heartbeatNanos(),
                right.staggerNanos(),
                right.retransmitNanos(),
                right.stallNanos(),
                eventualReadNanos);
    }
}
