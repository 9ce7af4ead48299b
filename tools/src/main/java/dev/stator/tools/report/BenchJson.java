package dev.stator.tools.report;

import dev.stator.tools.load.BenchPlan;
import dev.stator.tools.load.BenchResult;
import dev.stator.tools.load.Operation;
import dev.stator.tools.load.Pace;
import dev.stator.tools.load.Ratio;
import dev.stator.tools.load.Tally;
import dev.stator.tools.load.Workload;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A result as JSON for programs. Latencies are microseconds; {@code format} grows with each change
 * that a reader must know of.
 */
public final class BenchJson {
    private static final int FORMAT = 1;

    private final JsonGenerator json;

    private BenchJson(JsonGenerator json) {
        this.json = json;
    }

    /** One JSON object. */
    public static String of(BenchResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            new BenchJson(generator).write(result);
        }
        return text.toString();
    }

    private void write(BenchResult result) {
        json.writeStartObject();
        json.writeNumberProperty("format", FORMAT);
        writePlan(result.plan());
        json.writeArrayPropertyStart("series");
        for (BenchResult.Series series : result.series()) {
            writeSeries(series);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("ratios");
        for (Workload workload : result.plan().workloads()) {
            writeRatios(workload, result.of(workload));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writePlan(BenchPlan plan) {
        json.writeObjectPropertyStart("plan");
        json.writeNumberProperty("connections", plan.client().connections());
        json.writeNumberProperty("threads", plan.client().threads());
        json.writeNumberProperty("timeoutMillis", plan.client().timeoutMillis());
        json.writeNumberProperty("warmUpSeconds", plan.timing().warmUpSeconds());
        json.writeNumberProperty("seconds", plan.timing().seconds());
        json.writeNumberProperty("rounds", plan.timing().rounds());
        if (plan.timing().pace() instanceof Pace.OpenLoop open) {
            json.writeNumberProperty("requestsPerSecond", open.requestsPerSecond());
        }
        json.writeNumberProperty("keys", plan.data().space().keys());
        json.writeStringProperty("distribution", plan.data().space().distribution().toString());
        json.writeNumberProperty("seed", plan.seed());
        json.writeEndObject();
    }

    private void writeSeries(BenchResult.Series series) {
        Tally total = series.total();
        json.writeStartObject();
        json.writeStringProperty("workload", series.workload().label());
        json.writeStringProperty("endpoint", series.endpoint().name());
        json.writeStringProperty("url", series.endpoint().uri().toString());
        json.writeNumberProperty("requestsPerSecond", series.requestsPerSecond());
        json.writeNumberProperty("requests", total.successes());
        writeLatency("latencyMicros", total.latencyMicros());
        json.writeObjectPropertyStart("operations");
        for (Map.Entry<Operation, Histogram> each : total.latencyMicrosByOperation().entrySet()) {
            writeLatency(each.getKey().toString(), each.getValue());
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("errors");
        total.errors().forEach(json::writeNumberProperty);
        json.writeEndObject();
        if (series.serverMicrosPerRequest().isPresent()) {
            json.writeNumberProperty(
                    "serverMicrosPerRequest", series.serverMicrosPerRequest().getAsDouble());
        }
        json.writeNumberProperty("clientMicrosPerRequest", series.clientMicrosPerRequest());
        json.writeArrayPropertyStart("requestsPerSecondByRound");
        for (BenchResult.Measured slice : series.slices()) {
            json.writeNumber(slice.tally().requestsPerSecond());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeLatency(String name, Histogram latency) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("count", latency.getTotalCount());
        json.writeNumberProperty("mean", latency.getMean());
        json.writeNumberProperty("p50", latency.getValueAtPercentile(50));
        json.writeNumberProperty("p99", latency.getValueAtPercentile(99));
        json.writeNumberProperty("p99.9", latency.getValueAtPercentile(99.9));
        json.writeNumberProperty("max", latency.getMaxValue());
        json.writeEndObject();
    }

    private void writeRatios(Workload workload, List<BenchResult.Series> all) {
        for (BenchResult.Series other : all.subList(1, all.size())) {
            Ratio ratio = Ratio.of(all.getFirst(), other);
            json.writeStartObject();
            json.writeStringProperty("workload", workload.label());
            json.writeStringProperty("of", all.getFirst().endpoint().name());
            json.writeStringProperty("to", other.endpoint().name());
            json.writeNumberProperty("min", ratio.min());
            json.writeNumberProperty("median", ratio.median());
            json.writeNumberProperty("max", ratio.max());
            json.writeEndObject();
        }
    }
}
