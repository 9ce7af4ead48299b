package dev.stator.benchmarks.replicated;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What came out, as tables in Markdown. */
final class Report {
    private Report() {}

    static String of(SequencedMap<Kind, List<Slice>> slices) {
        StringBuilder text = new StringBuilder();
        text.append(
                "| contender | writes/s | p50 ms | p99 ms | p99.9 ms | max ms | CPU µs/write | not acknowledged |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        slices.forEach((kind, rounds) -> text.append(row(kind, rounds)));
        text.append("\n| ratio | median (range of the rounds) | aim |\n|---|---|---|\n");
        slices.forEach((kind, rounds) -> {
            if (kind.type() == Kind.Type.STATOR) {
                slices.forEach((other, others) -> text.append(ratio(kind, rounds, other, others)));
            }
        });
        slices.forEach((kind, rounds) -> text.append(failures(kind, rounds)));
        return text.toString();
    }

    private static String row(Kind kind, List<Slice> rounds) {
        Spread rate = Spread.of(rounds.stream().mapToDouble(Slice::writesPerSecond).toArray());
        Histogram nanos = rounds.getFirst().nanos().copy();
        rounds.subList(1, rounds.size()).forEach(slice -> nanos.add(slice.nanos()));
        double cpuNanos = rounds.stream().mapToLong(Slice::cpuNanos).sum();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f (%.0f to %.0f) | %.2f | %.2f | %.2f | %.1f | %.1f | %d |\n",
                kind,
                rate.median(),
                rate.min(),
                rate.max(),
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getValueAtPercentile(99.9)),
                millis(nanos.getMaxValue()),
                cpuNanos / TimeUnit.MICROSECONDS.toNanos(1) / Math.max(1, nanos.getTotalCount()),
                failures(rounds).values().stream().mapToLong(Long::longValue).sum());
    }

    private static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** With the bare log, and with as many groups of another library. */
    private static String ratio(
            Kind kind, List<Slice> rounds, Kind other, List<Slice> otherRounds) {
        boolean bare = other.type() == Kind.Type.BARE;
        boolean sameGroups = other.type() == Kind.Type.RATIS && other.groups() == kind.groups();
        if (!bare && !sameGroups) {
            return "";
        }
        double[] ratios = new double[Math.min(rounds.size(), otherRounds.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = rounds.get(i).writesPerSecond() / otherRounds.get(i).writesPerSecond();
        }
        Spread spread = Spread.of(ratios);
        return String.format(
                Locale.ROOT,
                "| %s / %s | %.2f (%.2f to %.2f) | %s |\n",
                kind,
                other,
                spread.median(),
                spread.min(),
                spread.max(),
                aim(kind, bare));
    }

    private static String aim(Kind kind, boolean bare) {
        return switch (kind.groups()) {
            case 1 -> bare ? "0.4" : "5";
            case 16 -> bare ? "" : "30";
            case 64 -> bare ? "0.4" : "";
            default -> "";
        };
    }

    private static String failures(Kind kind, List<Slice> rounds) {
        StringBuilder text = new StringBuilder();
        failures(rounds)
                .forEach((reason, count) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "%s, not acknowledged: %d %s\n",
                                        kind,
                                        count,
                                        reason)));
        return text.toString();
    }

    private static Map<String, Long> failures(List<Slice> rounds) {
        Map<String, Long> all = new TreeMap<>();
        rounds.forEach(slice ->
                slice.failures().forEach((reason, count) -> all.merge(reason, count, Long::sum)));
        return all;
    }

    /** The middle value, between the two middle ones if the number is even, and the range. */
    record Spread(double min, double median, double max) {
        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median =
                    sorted.length % 2 == 1
                            ? sorted[middle]
                            : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }
}
