package dev.stator.core.partition;

import dev.stator.replication.Invariants;
import dev.stator.replication.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The commands under way that a leader proposes for other reasons than a client's write. */
final class OwnCommands {
    private final PartitionHost host;
    private final ArrayDeque<Proposal> proposed = new ArrayDeque<>();

    /** Committed, but not yet in the store. All of them are below those in {@link #proposed}. */
    private final ArrayDeque<Proposal> committed = new ArrayDeque<>();

    private long lastLsn;

    private record Proposal(long lsn, byte[] command, Outcome outcome) {}

    /** What becomes of a command: one of the two is called. */
    interface Outcome {
        void applied();

        /** Leadership was lost. The command may be committed all the same. */
        void lost();
    }

    OwnCommands(PartitionHost host) {
        this.host = host;
    }

    /** The last one of this ballot. */
    long lastLsn() {
        return lastLsn;
    }

    /** Returns false where the log does not take it. */
    boolean propose(byte[] command, Outcome outcome) {
        OptionalLong lsn = host.propose(command);
        if (lsn.isEmpty()) {
            return false;
        }
        lastLsn = lsn.getAsLong();
        proposed.add(new Proposal(lastLsn, command, outcome));
        return true;
    }

    /** Returns whether a committed entry is the next one of these. */
    boolean committed(LogEntry entry) {
        Proposal next = proposed.peek();
        if (next == null || next.lsn() != entry.lsn()) {
            return false;
        }
        Invariants.check(
                Arrays.equals(entry.payload(), next.command()),
                "another command is committed than was proposed",
                entry,
                next.lsn());
        committed.add(proposed.remove());
        return true;
    }

    void applied(long lsn) {
        Proposal next = committed.peek();
        while (next != null && next.lsn() <= lsn) {
            committed.remove();
            next.outcome().applied();
            next = committed.peek();
        }
    }

    void abandon() {
        List<Proposal> lost = new ArrayList<>(committed);
        lost.addAll(proposed);
        committed.clear();
        proposed.clear();
        lastLsn = 0;
        lost.forEach(proposal -> proposal.outcome().lost());
    }
}
