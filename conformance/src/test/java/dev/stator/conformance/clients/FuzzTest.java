package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import dev.stator.tools.fuzz.FuzzPlan;
import dev.stator.tools.fuzz.FuzzResult;
import dev.stator.tools.fuzz.FuzzRun;
import dev.stator.tools.fuzz.SeedRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated requests against an embedded cluster. Another seed: {@code -Dstator.seed=N}; one case, or
 * a million: {@code ./stator fuzz --help}.
 */
class FuzzTest {
    private static final long CASES = 10_000;
    private static final int WORKERS = 4;

    @Test
    void mutatedRequestsAreAnsweredAndChangeNothingWhereTheyAreRefused(@TempDir Path directory)
            throws Exception {
        long seed = Long.getLong("stator.seed", 1);
        try (Stator stator = Stator.start(directory)) {
            FuzzPlan plan =
                    new FuzzPlan(
                            new Endpoint("embedded", stator.endpoint()),
                            new Credentials("any", "any", "us-east-1", "dynamodb"),
                            seed,
                            new FuzzPlan.Cases(0, CASES),
                            WORKERS);
            FuzzResult result = new FuzzRun(plan, cases -> {}).run();
            assertThat(result.findings()).as("seed " + seed).isEmpty();
            // It is no test if nothing gets through, or if nothing is refused.
            assertThat(result.byStatus().getOrDefault(200, 0L)).isGreaterThan(CASES / 20);
            assertThat(result.byStatus().getOrDefault(400, 0L)).isGreaterThan(CASES / 2);
            assertThat(result.compared()).isGreaterThan(CASES / 10);
            assertThat(stator.client().listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void everyOperationOfTheServiceModelsIsMutated() throws Exception {
        List<String> operations;
        try (InputStream in = getClass().getResourceAsStream("service-operations.txt")) {
            assertThat(in).isNotNull();
            operations =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.split(" ", 2)[0])
                            .toList();
        }
        assertThat(SeedRequest.all())
                .extracting(SeedRequest::target)
                .containsAll(operations)
                .allMatch(operations::contains);
    }
}
