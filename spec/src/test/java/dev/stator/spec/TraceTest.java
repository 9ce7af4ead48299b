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
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    private static final int FAULT_SECONDS = 8;
    private static final int CLIENTS = 2;

    /** Snapshots and damaged disks are not traced. */
    private static final List<Fault> FAULTS =
            List.of(Fault.CRASH, Fault.PARTITION, Fault.STORM, Fault.SLOW);

    @TempDir Path directory;

    private record Recorded(List<ProtocolStep> steps, TraceModule module) {}

    private static Recorded record(long seed, PlantedBug bug, List<Fault> faults) {
        RunOptions options =
                new RunOptions(FAULT_SECONDS, CLIENTS, faults, RunOptions.ALL_STRIKES, bug);
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatTheCodeDoesIsABehaviourOfTheSpecification(long seed) throws Exception {
        Recorded recorded = record(seed, PlantedBug.NONE, FAULTS);
        assertThat(recorded.steps()).hasSize(STEPS_MAX);
        assertThat(recorded.steps()).hasAtLeastOneElementOfType(ProtocolStep.Restarted.class);
        assertThat(leaders(recorded.steps())).as("leaders in this history").isGreaterThan(1);
        ModelChecker.Result result = explain(recorded.module());
        assertThat(result.violated())
                .as(
                        "seed %d: step %d of the history is no step of the specification:%n%s",
                        seed, result.stepsExplained() + 1, result.output())
                .isEqualTo(ALL_EXPLAINED);
    }

    private static long leaders(List<ProtocolStep> steps) {
        return steps.stream()
                .map(step -> step instanceof ProtocolStep.Settled settled ? settled.leads() : null)
                .filter(Objects::nonNull)
                .filter(ballot -> !ballot.equals(Ballot.NONE))
                .distinct()
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "ACKNOWLEDGE_BEFORE_SYNC, 1",
        "FORGET_PROMISES, 1",
        "FORGET_ACCEPTED, 3",
    })
    void whatCodeWithAPlantedMistakeDoesIsNot(PlantedBug bug, long seed) throws Exception {
        assertUnexplained(record(seed, bug, FAULTS));
    }

    /** A leader that stood still goes on in its ballot when the others have promised another. */
    @Test
    void votesInABallotBelowThePromisedOneAreNot() throws Exception {
        assertUnexplained(record(1, PlantedBug.VOTE_TWICE, List.of(Fault.PARTITION, Fault.PAUSE)));
    }

    private void assertUnexplained(Recorded recorded) throws IOException, InterruptedException {
        ModelChecker.Result result = explain(recorded.module());
        assertThat(result.completed()).as(result.output()).isTrue();
        assertThat(result.violated()).isEmpty();
        assertThat(result.stepsExplained()).as("steps before the mistake").isPositive();
    }

    @Test
    void aHistoryWithoutOneOfItsStepsIsNot() throws Exception {
        Recorded recorded = record(1, PlantedBug.NONE, FAULTS);
        List<ProtocolStep> steps = new ArrayList<>(recorded.steps());
        ProtocolStep last =
                steps.stream()
                        .filter(step -> step instanceof ProtocolStep.Synced)
                        .reduce((_, later) -> later)
                        .orElseThrow();
        steps.remove(last);
        assertThat(explain(recorded.module().with(steps)).violated()).isEmpty();
    }
}
