package dev.stator.tools.load;

import java.util.Arrays;

/**
 * How many times faster one endpoint answered than another, round by round: the two slices of a
 * round were next to each other in time, so a machine whose speed drifts hurts their ratio little.
 */
public record Ratio(double min, double median, double max) {
    /** The throughput of the first over that of the second. */
    public static Ratio of(BenchResult.Series first, BenchResult.Series second) {
        double[] ratios = new double[Math.min(first.slices().size(), second.slices().size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    first.slices().get(i).tally().requestsPerSecond()
                            / second.slices().get(i).tally().requestsPerSecond();
        }
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        return new Ratio(sorted[0], median(sorted), sorted[sorted.length - 1]);
    }

    /** The middle value; between the two middle ones if the number is even. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
