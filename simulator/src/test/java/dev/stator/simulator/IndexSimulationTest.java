package dev.stator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.simulator.engine.Trace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories in which a table has global secondary indexes, one of which comes and goes. A failing
 * seed is in the name of the test.
 */
class IndexSimulationTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void indexesFollowTheirTable(long seed) {
        Verdict verdict =
                new SimulationRun(seed, RunOptions.DEFAULT, new Trace(0, _ -> {}))
                        .withIndexes()
                        .run();
        assertThat(verdict.violations()).as("seed %d: %s", seed, verdict.summary()).isEmpty();
    }
}
