package dev.stator.simulator.check;

import dev.stator.replication.Timing;
import dev.stator.simulator.check.CommittedVersions.Version;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Sighting;
import java.util.List;

/**
 * Checks that an eventually consistent read sees what a committed write has made of the item, or no
 * item, and that it is not too old: what it sees was still so at most {@link #STALENESS_NANOS_MAX}
 * before the read was called.
 */
public final class EventualReadChecker {
    private static final String NAME = "eventual reads";
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * A replica answers for so long after the last word of its leader ({@link Timing}); that word
     * was on its way for a while, and applying what it said takes its time on a slow machine.
     */
    public static final long STALENESS_NANOS_MAX =
            Timing.DEFAULT.eventualReadNanos() + 5_000_000_000L;

    private final Simulation simulation;
    private final Guarantees guarantees;
    private final Violations violations;
    private final CommittedVersions versions;
    private long reads;
    private long stalestNanos;

    EventualReadChecker(
            Simulation simulation,
            Guarantees guarantees,
            Violations violations,
            CommittedVersions versions) {
        this.simulation = simulation;
        this.guarantees = guarantees;
        this.violations = violations;
        this.versions = versions;
    }

    /** A read that was called at this time has ended just now. */
    public void read(ItemKey key, byte[] storeKey, Sighting seen, long calledNanos) {
        reads++;
        List<Version> all = versions.of(storeKey);
        int index = CommittedVersions.lastIndexOf(all, seen.writeId());
        if (index < 0) {
            violations.add(
                    NAME,
                    "an eventual read of " + key + " saw " + seen + ", which was never committed");
            return;
        }
        if (index + 1 == all.size()) {
            return;
        }
        long staleNanos = calledNanos - all.get(index + 1).sinceNanos();
        if (staleNanos <= 0) {
            return;
        }
        simulation.happened(RareEvent.EVENTUAL_READ_STALE);
        if (!guarantees.leasesHold(calledNanos)) {
            return;
        }
        stalestNanos = Math.max(stalestNanos, staleNanos);
        if (staleNanos > STALENESS_NANOS_MAX) {
            violations.add(
                    NAME,
                    "an eventual read of %s saw %s, which it was no more for %.3f s"
                            .formatted(key, seen, staleNanos / NANOS_PER_SECOND));
        }
    }

    public long reads() {
        return reads;
    }

    /** How long ago at most what a read saw had ceased to be. */
    public long stalestNanos() {
        return stalestNanos;
    }
}
