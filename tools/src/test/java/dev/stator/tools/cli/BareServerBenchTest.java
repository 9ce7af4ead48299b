package dev.stator.tools.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.tools.floor.BareServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The load against the server that only answers: its answers are right. */
class BareServerBenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theBareServerGivesTheAnswersThatTheLoadExpects() throws Exception {
        try (BareServer server = BareServer.start(0)) {
            int code =
                    new ToolsCommand(new PrintStream(out, true, UTF_8), System.err)
                            .execute(
                                    "bench",
                                    "--endpoint=http://127.0.0.1:" + server.address().getPort(),
                                    "--workload=write,get,get-eventual,update",
                                    "--connections=2",
                                    "--keys=20",
                                    "--warm-up=0",
                                    "--duration=1");
            assertThat(code).isZero();
        }
        assertThat(out.toString(UTF_8)).contains("get-eventual").doesNotContain("errors,");
    }
}
