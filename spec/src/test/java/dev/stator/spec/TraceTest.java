package dev.stator.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.simulator.RunOptions;
import dev.stator.simulator.SimulationRun;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.fault.Fault;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.simulator.protocol.ProtocolRecorder;
import dev.stator.simulator.protocol.ProtocolStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the code does in the simulator is a behaviour of the specification: TLC explains the steps
 * that were recorded of one group. Steps of code with a planted mistake it cannot explain.
 */
class TraceTest {
    private static final Path CONFIGURATION = Path.of("traces", "ReplicationTrace.cfg");
    private static final String ROOT = "ReplicationTrace";

    /** The invariant that the behaviour violates which explains all. */
    private static final String ALL_EXPLAINED = "NotYetExplained";

    private static final int STEPS_MAX = 600;
    private static final int SEEDS = 3;
    private static final int PLANTED_SEEDS_MAX = 12;
    private static final int FAULT_SECONDS = 8;
    private static final int CLIENTS = 2;

    /** Snapshots and damaged disks are not traced. */
    private static final List<Fault> FAULTS =
            List.of(Fault.CRASH, Fault.PARTITION, Fault.HUNT, Fault.STORM, Fault.SLOW);

    @TempDir Path directory;

    private record Recorded(List<ProtocolStep> steps, TraceModule module) {}

    private static Recorded record(long seed, PlantedBug bug) {
        RunOptions options =
                new RunOptions(FAULT_SECONDS, CLIENTS, FAULTS, RunOptions.ALL_STRIKES, bug);
        List<ProtocolRecorder> recorders = new ArrayList<>();
        new SimulationRun(
                        seed,
                        options,
                        new Trace(0, _ -> {}),
                        checkers -> {
                            recorders.add(
                                    new ProtocolRecorder(checkers, GroupId.SYSTEM, STEPS_MAX));
                            return recorders.getLast();
                        })
                .run();
        ProtocolRecorder recorder = recorders.getFirst();
        return new Recorded(
                recorder.steps(), new TraceModule(recorder.steps(), recorder.members()));
    }

    private ModelChecker.Result explain(TraceModule module)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve(TraceModule.NAME + ".tla"), module.text(), UTF_8);
        return new ModelChecker(directory).check(ROOT, CONFIGURATION);
    }

    @Test
    void whatTheCodeDoesIsABehaviourOfTheSpecification() throws Exception {
        boolean restarted = false;
        long leadersMost = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Recorded recorded = record(seed, PlantedBug.NONE);
            restarted |=
                    recorded.steps().stream().anyMatch(ProtocolStep.Restarted.class::isInstance);
            leadersMost = Math.max(leadersMost, leaders(recorded.steps()));
            ModelChecker.Result result = explain(recorded.module());
            assertThat(result.violated())
                    .as(
                            "seed %d: step %d of the history is no step of the specification: %s",
                            seed,
                            result.stepsExplained() + 1,
                            result.stepsExplained() < recorded.steps().size()
                                    ? recorded.steps().get((int) result.stepsExplained())
                                    : result.output())
                    .isEqualTo(ALL_EXPLAINED);
        }
        assertThat(restarted).as("a replica restarts in one of the histories").isTrue();
        assertThat(leadersMost).as("leaders in one of the histories").isGreaterThan(1);
    }

    private static long leaders(List<ProtocolStep> steps) {
        return steps.stream()
                .filter(ProtocolStep.Settled.class::isInstance)
                .map(step -> ((ProtocolStep.Settled) step).leads())
                .filter(ballot -> !ballot.equals(Ballot.NONE))
                .distinct()
                .count();
    }

    @ParameterizedTest
    @EnumSource(
            value = PlantedBug.class,
            names = {"ACKNOWLEDGE_BEFORE_SYNC", "FORGET_PROMISES", "FORGET_ACCEPTED"})
    void whatCodeWithAPlantedMistakeDoesIsNot(PlantedBug bug) throws Exception {
        assertUnexplained(bug);
    }

    /**
     * One of the first histories shows the mistake: TLC gets stuck in it, with nothing violated.
     */
    private void assertUnexplained(PlantedBug bug) throws Exception {
        for (long seed = 1; seed <= PLANTED_SEEDS_MAX; seed++) {
            ModelChecker.Result result = explain(record(seed, bug).module());
            assertThat(result.violated()).as(result.output()).isIn("", ALL_EXPLAINED);
            if (result.violated().isEmpty()) {
                assertThat(result.completed()).as(result.output()).isTrue();
                assertThat(result.stepsExplained()).as("steps before the mistake").isPositive();
                return;
            }
        }
        throw new AssertionError(bug + " was explained in " + PLANTED_SEEDS_MAX + " histories");
    }

    @Test
    void aHistoryFromWhichASyncIsLeftOutIsNot() throws Exception {
        Recorded recorded = record(1, PlantedBug.NONE);
        List<ProtocolStep> steps = new ArrayList<>(recorded.steps());
        int confirmed = 0;
        while (!(steps.get(confirmed) instanceof ProtocolStep.SentAccepted)) {
            confirmed++;
        }
        int synced = confirmed;
        while (!(steps.get(synced) instanceof ProtocolStep.Synced sync
                && sync.replica() == steps.get(confirmed).replica())) {
            synced--;
        }
        steps.remove(synced);
        ModelChecker.Result result = explain(recorded.module().with(steps));
        assertThat(result.violated()).isEmpty();
        assertThat(result.stepsExplained()).isEqualTo(confirmed - 1);
    }

    /** A replica that has promised a second ballot confirms once more what it had in the first. */
    @Test
    void aVoteBelowThePromisedBallotIsNot() throws Exception {
        for (long seed = 1; seed <= PLANTED_SEEDS_MAX; seed++) {
            Recorded recorded = record(seed, PlantedBug.NONE);
            List<ProtocolStep> steps = new ArrayList<>(recorded.steps());
            int forged = forgeLateVote(steps);
            if (forged > 0) {
                ModelChecker.Result result = explain(recorded.module().with(steps));
                assertThat(result.violated()).isEmpty();
                assertThat(result.stepsExplained()).isEqualTo(forged);
                return;
            }
        }
        throw new AssertionError("no replica promises after it has confirmed");
    }

    /**
     * @return the index at which the vote was put in; zero where there was no occasion
     */
    private static int forgeLateVote(List<ProtocolStep> steps) {
        Map<Integer, ProtocolStep.SentAccepted> confirmed = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            ProtocolStep step = steps.get(i);
            if (step instanceof ProtocolStep.SentAccepted sent) {
                confirmed.put(sent.replica(), sent);
            } else if (step instanceof ProtocolStep.Wrote wrote) {
                ProtocolStep.SentAccepted before = confirmed.get(wrote.replica());
                if (before != null && wrote.promised().isAbove(before.ballot())) {
                    steps.add(i + 1, before);
                    return i + 1;
                }
            }
        }
        return 0;
    }
}
