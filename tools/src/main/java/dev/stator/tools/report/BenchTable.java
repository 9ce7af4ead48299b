package dev.stator.tools.report;

import dev.stator.tools.load.BenchResult;
import dev.stator.tools.load.Ratio;
import dev.stator.tools.load.Tally;
import dev.stator.tools.load.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A result as a table for people. */
public final class BenchTable {
    private static final List<String> HEADER =
            List.of(
                    "workload",
                    "endpoint",
                    "requests/s",
                    "p50 ms",
                    "p99 ms",
                    "p99.9 ms",
                    "max ms",
                    "errors",
                    "server µs/req",
                    "client µs/req");
    private static final int LEFT_ALIGNED = 2;

    private BenchTable() {}

    /** The table, then errors by type, then ratios; lines end with a line feed. */
    public static String of(BenchResult result) {
        StringBuilder text = new StringBuilder();
        appendTable(result, text);
        for (BenchResult.Series series : result.series()) {
            Tally total = series.total();
            if (total.errorCount() > 0) {
                text.append("errors, ").append(name(series)).append(": ");
                text.append(errors(total.errors())).append('\n');
            }
        }
        appendRatios(result, text);
        return text.toString();
    }

    private static void appendTable(BenchResult result, StringBuilder text) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (BenchResult.Series series : result.series()) {
            rows.add(row(series));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i < LEFT_ALIGNED ? row.get(i) + padding : padding + row.get(i));
                line.append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static List<String> row(BenchResult.Series series) {
        Tally total = series.total();
        Histogram latency = total.latencyMicros();
        return List.of(
                series.workload().label(),
                series.endpoint().name(),
                number("%.0f", series.requestsPerSecond()),
                millis(latency.getValueAtPercentile(50)),
                millis(latency.getValueAtPercentile(99)),
                millis(latency.getValueAtPercentile(99.9)),
                millis(latency.getMaxValue()),
                Long.toString(total.errorCount()),
                micros(series.serverMicrosPerRequest()),
                number("%.1f", series.clientMicrosPerRequest()));
    }

    private static String millis(long micros) {
        return number("%.2f", micros / 1000.0);
    }

    private static String micros(OptionalDouble micros) {
        return micros.isPresent() ? number("%.1f", micros.getAsDouble()) : "-";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String name(BenchResult.Series series) {
        return series.workload().label() + " at " + series.endpoint().name();
    }

    private static String errors(Map<String, Long> errors) {
        return errors.entrySet().stream()
                .map(error -> error.getValue() + " " + error.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void appendRatios(BenchResult result, StringBuilder text) {
        for (Workload workload : result.plan().workloads()) {
            List<BenchResult.Series> all = result.of(workload);
            for (BenchResult.Series other : all.subList(1, all.size())) {
                Ratio ratio = Ratio.of(all.getFirst(), other);
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%s: %s / %s = %.2f (%.2f to %.2f)%n",
                                workload.label(),
                                all.getFirst().endpoint().name(),
                                other.endpoint().name(),
                                ratio.median(),
                                ratio.min(),
                                ratio.max()));
            }
        }
    }
}
