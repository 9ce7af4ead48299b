package dev.stator.simulator;

import dev.stator.simulator.check.Violation;
import dev.stator.simulator.engine.EventCounts;
import dev.stator.simulator.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What came of a history.
 *
 * @param digest of everything that happened: equal where two histories are the same
 * @param summary in a few lines
 */
public record Verdict(
        long seed, List<Violation> violations, String digest, List<String> summary, Extent extent) {

    /**
     * How much there was of it.
     *
     * @param strikes faults that were made
     * @param simulatedNanos from its start to its end
     */
    public record Extent(
            long strikes, long simulatedNanos, EventCounts events, Map<Fault, Long> faults) {}

    public Verdict {
        violations = List.copyOf(violations);
        summary = List.copyOf(summary);
    }

    /** The simulator itself has failed, in the midst of a history. */
    static Verdict broken(long seed, ExecutionException failure) {
        return new Verdict(
                seed,
                List.of(new Violation("simulator", "it has failed itself: " + failure.getCause())),
                "none",
                List.of(),
                new Extent(0, 0, new EventCounts(), Map.of()));
    }

    public boolean passed() {
        return violations.isEmpty();
    }
}
