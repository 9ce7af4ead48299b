package dev.stator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void oneSeedPrintsItsHistoryAndVerdict() {
        assertThat(run("--seed", "1", "--seconds", "2")).isZero();
        assertThat(out.toString())
                .contains("start of 3 nodes")
                .contains("faults stop")
                .containsPattern("seed 1 {2}digest [0-9a-f]{16} {2}nothing violated");
    }

    @Test
    void aViolationEndsTheRunWithTheCommandThatReplaysIt() {
        String[] arguments = {
            "--seeds",
            "1..20",
            "--seconds",
            "2",
            "--faults",
            "none",
            "--plant",
            "READ_FROM_ANY_REPLICA"
        };
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(out.toString())
                .contains("VIOLATED")
                .containsPattern(
                        "replay: ./stator-simulator --seed \\d+ --faults none --seconds \\d+"
                                + " --plant READ_FROM_ANY_REPLICA");
    }

    @Test
    void wrongArgumentsAreSaidInALine() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--seeds", "many")).isEqualTo(2);
        assertThat(run("--seed", "1", "--faults", "gremlins")).isEqualTo(2);
        assertThat(run("--seed", "1", "--clients", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("One of --seed, --seeds and --minutes is needed."))
                .anyMatch(line -> line.contains("'many'"))
                .anyMatch(line -> line.contains("'gremlins'"));
    }
}
