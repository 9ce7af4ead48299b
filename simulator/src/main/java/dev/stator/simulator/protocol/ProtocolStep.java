package dev.stator.simulator.protocol;

import dev.stator.replication.Ballot;
import java.util.List;

/**
 * Something that one replica of a group does, or that is done to it, as far as it can be seen at
 * the ports of its shard. Replicas are named by their place in the group, from 1 on.
 */
public sealed interface ProtocolStep {
    int replica();

    /**
     * A record is handed to the log.
     *
     * @param number of the record in this run of the shard
     * @param promised by all records up to this one
     * @param lastLsn the end of the log, by all records up to this one
     * @param entries the ballots of the log's last entries: those of this record
     */
    record Wrote(int replica, long number, Ballot promised, long lastLsn, List<Ballot> entries)
            implements ProtocolStep {
        public Wrote {
            entries = List.copyOf(entries);
        }
    }

    /** The records up to this number are on the disk. */
    record Synced(int replica, long number) implements ProtocolStep {}

    /** A crash, and the replica starts again from its disk. */
    record Restarted(int replica, Ballot promised, long lastLsn, long committedLsn)
            implements ProtocolStep {}

    /** The store has on the disk what the log says up to this LSN. */
    record Flushed(int replica, long lsn) implements ProtocolStep {}

    /** A Prepare leaves. */
    record SentPrepare(int replica, Ballot ballot) implements ProtocolStep {}

    /** A Promise leaves. */
    record SentPromise(int replica, Ballot ballot, long lastLsn, Ballot lastBallot, long trimmedLsn)
            implements ProtocolStep {}

    /** An Accept leaves; of its entries the ballots. */
    record SentAccept(int replica, Accept accept, Ballot previousBallot, List<Ballot> entries)
            implements ProtocolStep {
        public SentAccept {
            entries = List.copyOf(entries);
        }
    }

    /** An Accept arrives. */
    record Received(int replica, Accept accept, int count) implements ProtocolStep {}

    /** What an Accept says besides its entries. */
    record Accept(Ballot ballot, long previousLsn, long committedLsn, long trimLsn) {}

    /** An Accepted leaves. */
    record SentAccepted(int replica, Ballot ballot, long lsn) implements ProtocolStep {}

    /**
     * Where the replica stands after an event.
     *
     * @param leads the ballot in which it leads, or NONE
     * @param serves whether it would answer consistent reads
     */
    record Settled(int replica, Ballot leads, long committedLsn, long lastLsn, boolean serves)
            implements ProtocolStep {}
}
