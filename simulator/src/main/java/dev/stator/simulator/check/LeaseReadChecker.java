package dev.stator.simulator.check;

import dev.stator.simulator.check.CommittedVersions.Version;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Sighting;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that a consistent read, which a leader serves from its own store because it holds a lease,
 * is never stale: it sees the newest version of the item that any client knew of when the read was
 * called, or a later one. Looks at the versions in the log, not at what they could have been, and
 * so is independent of the check for linearizability.
 */
public final class LeaseReadChecker {
    private static final String NAME = "lease reads";

    private final Guarantees guarantees;
    private final Violations violations;
    private final CommittedVersions versions;

    /** By item: the newest version that a client knows of, each time a newer one became known. */
    private final Map<ByteBuffer, Known> known = new HashMap<>();

    private long reads;

    /** What was known before and since when something newer is; the chain ends in null. */
    private record Known(
            int index, long sinceNanos, @org.jspecify.annotations.Nullable Known before) {}

    LeaseReadChecker(Guarantees guarantees, Violations violations, CommittedVersions versions) {
        this.guarantees = guarantees;
        this.violations = violations;
        this.versions = versions;
    }

    /** A client has learned that the write with this identifier was done. */
    public void acknowledged(ItemKey key, byte[] storeKey, long writeId, long nowNanos) {
        int index = CommittedVersions.lastIndexOf(versions.of(storeKey), writeId);
        if (index < 0) {
            violations.add(
                    NAME,
                    "write %d of %s was acknowledged, and nobody has applied it"
                            .formatted(writeId, key));
        } else {
            learn(storeKey, index, nowNanos);
        }
    }

    private void learn(byte[] storeKey, int index, long nowNanos) {
        ByteBuffer item = ByteBuffer.wrap(storeKey);
        Known before = known.get(item);
        if (before == null || index > before.index()) {
            known.put(item, new Known(index, nowNanos, before));
        }
    }

    /** A consistent read that was called at this time has ended now. */
    public void read(ItemKey key, byte[] storeKey, Sighting seen, Times times) {
        if (!guarantees.readsAreCurrent(times.calledNanos())) {
            return;
        }
        reads++;
        List<Version> all = versions.of(storeKey);
        int index = CommittedVersions.lastIndexOf(all, seen.writeId());
        if (index < 0) {
            violations.add(NAME, "a read of " + key + " saw " + seen + ", which is in no log");
            return;
        }
        Known newest = known.get(ByteBuffer.wrap(storeKey));
        while (newest != null && newest.sinceNanos() >= times.calledNanos()) {
            newest = newest.before();
        }
        if (newest != null && index < newest.index()) {
            violations.add(
                    NAME,
                    "a read of %s saw %s, version %d, when version %d was known already"
                            .formatted(key, seen, index, newest.index()));
        }
        learn(storeKey, index, times.endedNanos());
    }

    /** When a read was called, and when it ended. */
    public record Times(long calledNanos, long endedNanos) {}

    public long reads() {
        return reads;
    }
}
