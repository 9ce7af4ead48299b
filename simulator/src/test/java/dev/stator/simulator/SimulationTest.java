package dev.stator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The histories of the build: a fixed set of seeds with everything that can go wrong, and seeds
 * that once found a bug. Any of them is replayed by {@code ./stator-simulator --seed N}; {@link
 * PlantedBugTest} has the mistakes that must be caught.
 */
class SimulationTest {
    private static final int SEEDS = 60;
    private static final int JOBS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private static Verdict run(long seed, RunOptions options) {
        return new SimulationRun(seed, options, new Trace(0, line -> {})).run();
    }

    private static void passes(Verdict verdict) {
        assertThat(verdict.violations())
                .as("./stator-simulator --seed %d", verdict.seed())
                .isEmpty();
    }

    @Test
    void nothingIsViolatedWhateverGoesWrong() {
        SeedSweep sweep = new SeedSweep(RunOptions.DEFAULT, JOBS, true, verdict -> {});
        Optional<Verdict> failed = sweep.run(1, SEEDS, () -> true);
        failed.ifPresent(SimulationTest::passes);
        assertThat(failed).isEmpty();
    }

    /**
     * What they found, when other faults came with them than now: 12 a log that was cut could not
     * be recovered, and later that a replica which came back answered eventual reads before it had
     * caught up; 17 entries that were proposed and never written; 22 MemDS was told of one table as
     * if it were all; 27 LSNs that a leader gave away twice; 114 a member in need of a snapshot
     * kept the others from leading.
     */
    @ParameterizedTest
    @ValueSource(longs = {114})
    void seedsThatFoundABugPass(long seed) {
        assertThat(seed).as("run by the other test").isGreaterThan(SEEDS);
        passes(run(seed, RunOptions.DEFAULT));
    }

    @Test
    void oneSeedIsOneHistory() {
        assertThat(history(5)).isEqualTo(history(5)).isNotEqualTo(history(6));
    }

    /** All that a seed prints. */
    private static List<String> history(long seed) {
        List<String> lines = new ArrayList<>();
        Verdict verdict =
                new SimulationRun(seed, RunOptions.DEFAULT, new Trace(10_000, lines::add)).run();
        lines.addAll(verdict.summary());
        lines.add(verdict.digest());
        return lines;
    }

    @Test
    void withoutFaultsNoRequestFails() {
        Verdict verdict = run(1, RunOptions.DEFAULT.withFaults(List.of()));
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.summary())
                .anyMatch(line -> line.startsWith("requests") && !line.contains("unknown"));
    }

    @Test
    void faultsThatAreLeftOutLeaveTheEarlierOnesAsTheyWere() {
        RunOptions few = RunOptions.DEFAULT.withFaults(List.of(Fault.CRASH)).withStrikes(2);
        Verdict verdict = run(3, few);
        passes(verdict);
        assertThat(verdict.extent().strikes()).isEqualTo(2);
    }
}
