package dev.stator.tools.load;

import dev.stator.tools.client.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a run found. */
public record BenchResult(BenchPlan plan, List<Series> series) {

    /** All slices of one workload at one endpoint, in the order of the rounds. */
    public record Series(Workload workload, Endpoint endpoint, List<Measured> slices) {
        /** All slices as one. */
        public Tally total() {
            Tally total = new Tally();
            slices.forEach(slice -> total.addLater(slice.tally()));
            return total;
        }

        /** The median of the slices' right answers per second. */
        public double requestsPerSecond() {
            return Ratio.median(
                    slices.stream()
                            .mapToDouble(slice -> slice.tally().requestsPerSecond())
                            .toArray());
        }

        /** Processor time of the client for each right answer, in microseconds. */
        public double clientMicrosPerRequest() {
            long nanos = slices.stream().mapToLong(Measured::clientNanos).sum();
            return micros(nanos);
        }

        /** Processor time of the server for each right answer, in microseconds, where known. */
        public OptionalDouble serverMicrosPerRequest() {
            boolean known = slices.stream().allMatch(slice -> slice.serverNanos().isPresent());
            long nanos = slices.stream().mapToLong(slice -> slice.serverNanos().orElse(0L)).sum();
            return known ? OptionalDouble.of(micros(nanos)) : OptionalDouble.empty();
        }

        private double micros(long nanos) {
            long requests = slices.stream().mapToLong(slice -> slice.tally().successes()).sum();
            return requests == 0 ? 0 : nanos / 1000.0 / requests;
        }
    }

    /**
     * One slice.
     *
     * @param serverNanos processor time of the server's process; empty where it cannot be seen
     */
    public record Measured(Tally tally, long clientNanos, Optional<Long> serverNanos) {}

    /** The series of a workload, the endpoints in the plan's order. */
    public List<Series> of(Workload workload) {
        return series.stream().filter(each -> each.workload() == workload).toList();
    }
}
