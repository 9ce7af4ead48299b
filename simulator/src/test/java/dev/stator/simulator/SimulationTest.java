package dev.stator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.simulator.check.Violation;
import dev.stator.simulator.cluster.PlantedBug;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The histories of the build: some seeds with everything that can go wrong, seeds that once found a
 * bug, and mistakes that are made on purpose and must be caught. Any of them is replayed by {@code
 * ./stator-simulator --seed N}.
 */
class SimulationTest {
    private static final int SEEDS = 10;

    private static Verdict run(long seed, RunOptions options) {
        return new SimulationRun(seed, options, new Trace(0, line -> {})).run();
    }

    private static void passes(long seed) {
        Verdict verdict = run(seed, RunOptions.DEFAULT);
        assertThat(verdict.violations()).as("./stator-simulator --seed %d", seed).isEmpty();
    }

    @Test
    void nothingIsViolatedWhateverGoesWrong() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            passes(seed);
        }
    }

    /**
     * What they found: 12 a log that was cut could not be recovered; 17 entries that were proposed
     * and never written; 22 MemDS was told of one table as if it were all; 27 LSNs that a leader
     * gave away twice; 114 a member in need of a snapshot kept the others from leading.
     */
    @ParameterizedTest
    @ValueSource(longs = {12, 17, 22, 27, 114})
    void seedsThatFoundABugPass(long seed) {
        passes(seed);
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

    // ---- Planted bugs

    private static Violation caught(PlantedBug bug, List<Fault> faults, int seedsMax) {
        RunOptions options = RunOptions.DEFAULT.withBug(bug).withFaults(faults);
        for (long seed = 1; seed <= seedsMax; seed++) {
            Verdict verdict = run(seed, options);
            if (!verdict.passed()) {
                return verdict.violations().getFirst();
            }
        }
        throw new AssertionError(bug + " was not caught in " + seedsMax + " seeds");
    }

    @Test
    void acknowledgingBeforeTheSyncLosesWritesAndIsCaught() {
        caught(PlantedBug.ACKNOWLEDGE_BEFORE_SYNC, List.of(Fault.CRASH), 20);
    }

    @Test
    void strongReadsFromAnyReplicaAreCaught() {
        assertThat(caught(PlantedBug.READ_FROM_ANY_REPLICA, List.of(), 2).checker())
                .isIn("linearizability", "acknowledged writes");
    }

    @Test
    void readsWithoutALeaseAreCaught() {
        assertThat(
                        caught(
                                        PlantedBug.READ_WITHOUT_LEASE,
                                        List.of(Fault.PARTITION, Fault.STORM, Fault.PAUSE),
                                        5)
                                .checker())
                .isEqualTo("linearizability");
    }

    @Test
    void aWipedMachineThatVotesIsCaught() {
        caught(PlantedBug.WIPED_DISK_VOTES, List.of(Fault.CRASH), 5);
    }

    @Test
    void promisesThatAreForgottenAreCaught() {
        caught(PlantedBug.FORGETS_PROMISES, List.of(Fault.CRASH, Fault.STORM), 10);
    }

    @Test
    void callsThatArriveTwiceAreCaught() {
        caught(PlantedBug.REPEATED_CALLS, List.of(Fault.STORM), 5);
    }
}
