package dev.stator.simulator;

import dev.stator.simulator.check.Violation;
import dev.stator.simulator.engine.EventCounts;
import dev.stator.simulator.fault.Fault;
import java.util.List;
import java.util.Map;

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

    public boolean passed() {
        return violations.isEmpty();
    }
}
