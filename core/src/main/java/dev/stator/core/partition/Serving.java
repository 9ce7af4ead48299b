package dev.stator.core.partition;

import dev.stator.core.wire.PartitionResponse;
import dev.stator.replication.Invariants;
import org.jspecify.annotations.Nullable;

/**
 * Whether this replica may evaluate writes and answer consistent reads at this moment: it leads,
 * the first entry of its ballot is applied here, and it holds a lease.
 */
final class Serving {
    private final PartitionHost host;
    private boolean leading;
    private long ballotStartLsn;
    private long appliedLsn;

    Serving(PartitionHost host, long appliedLsn) {
        this.host = host;
        this.appliedLsn = appliedLsn;
    }

    /** Null where this replica may serve; else why not. */
    @Nullable PartitionResponse refusal() {
        if (!leading) {
            return new PartitionResponse.NotLeader(host.leader());
        }
        return appliedLsn >= ballotStartLsn && host.serves() ? null : Refusals.NO_LEASE;
    }

    void start(long ballotStart) {
        Invariants.check(!leading, "leads already", ballotStartLsn, ballotStart);
        leading = true;
        ballotStartLsn = ballotStart;
    }

    void stop() {
        leading = false;
    }

    void applied(long lsn) {
        appliedLsn = lsn;
    }

    /** Whether it leads and has applied all that earlier leaders committed. */
    boolean ready() {
        return leading && appliedLsn >= ballotStartLsn;
    }

    boolean leading() {
        return leading;
    }

    long ballotStartLsn() {
        return ballotStartLsn;
    }

    long appliedLsn() {
        return appliedLsn;
    }
}
