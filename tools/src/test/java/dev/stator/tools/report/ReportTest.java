package dev.stator.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import dev.stator.tools.load.BenchPlan;
import dev.stator.tools.load.BenchResult;
import dev.stator.tools.load.BenchResult.Measured;
import dev.stator.tools.load.BenchResult.Series;
import dev.stator.tools.load.KeyChooser.Distribution;
import dev.stator.tools.load.Pace;
import dev.stator.tools.load.RequestSource.KeySpace;
import dev.stator.tools.load.Tables;
import dev.stator.tools.load.Tallies;
import dev.stator.tools.load.Workload;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ReportTest {
    private static final Endpoint ONE = new Endpoint("one", URI.create("http://127.0.0.1:1"));
    private static final Endpoint TWO = new Endpoint("two", URI.create("http://127.0.0.1:2"));

    /** Two rounds of a second: one answers 300 and 100 requests, two answers 100 each time. */
    private static BenchResult result() {
        BenchPlan plan =
                new BenchPlan(
                        List.of(ONE, TWO),
                        List.of(Workload.WRITE),
                        new Credentials("any", "any", "us-east-1", "dynamodb"),
                        new BenchPlan.Client(32, 1, 10_000),
                        new BenchPlan.Timing(new Pace.OpenLoop(500), 1, 1, 2),
                        new BenchPlan.Data(
                                new Tables("t"), new KeySpace(10, Distribution.UNIFORM), false),
                        7);
        Series first =
                new Series(
                        Workload.WRITE,
                        ONE,
                        List.of(
                                new Measured(
                                        Tallies.ofSecond(300, 0),
                                        30_000_000,
                                        Optional.of(60_000_000L)),
                                new Measured(
                                        Tallies.ofSecond(100, 5),
                                        10_000_000,
                                        Optional.of(20_000_000L))));
        Series second =
                new Series(
                        Workload.WRITE,
                        TWO,
                        List.of(
                                new Measured(
                                        Tallies.ofSecond(100, 0), 10_000_000, Optional.empty()),
                                new Measured(
                                        Tallies.ofSecond(100, 0), 10_000_000, Optional.of(0L))));
        return new BenchResult(plan, List.of(first, second));
    }

    @Test
    void theTableTellsEachSeriesAndTheRatios() {
        assertThat(BenchTable.of(result()).lines())
                .satisfiesExactly(
                        header -> assertThat(header.split(" {2,}")).hasSize(10),
                        row ->
                                assertThat(row.split(" {2,}"))
                                        .containsExactly(
                                                "write", "one", "200", "2.00", "2.00", "2.00",
                                                "2.00", "5", "200.0", "100.0"),
                        row ->
                                assertThat(row.split(" {2,}"))
                                        .containsExactly(
                                                "write", "two", "100", "2.00", "2.00", "2.00",
                                                "2.00", "0", "-", "100.0"),
                        errors -> assertThat(errors).isEqualTo("errors, write at one: 5 Oops"),
                        ratio ->
                                assertThat(ratio)
                                        .isEqualTo("write: one / two = 2.00 (1.00 to 3.00)"));
    }

    @Test
    void theJsonIsWellFormedAndTellsTheSame() {
        String json = BenchJson.of(result());
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            int depth = 0;
            while (parser.nextToken() != null) {
                depth += parser.currentToken().isStructStart() ? 1 : 0;
                depth -= parser.currentToken().isStructEnd() ? 1 : 0;
            }
            assertThat(depth).isZero();
        }
        assertThat(json)
                .contains(
                        "\"requestsPerSecond\":500.0",
                        "\"endpoint\":\"one\"",
                        "\"errors\":{\"Oops\":5}",
                        "\"requestsPerSecondByRound\":[300.0,100.0]",
                        "\"latencyMicros\":{\"count\":400,\"mean\":2000.0",
                        "\"serverMicrosPerRequest\":200.0",
                        "\"of\":\"one\",\"to\":\"two\",\"min\":1.0,\"median\":2.0,\"max\":3.0");
    }
}
