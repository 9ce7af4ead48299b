package dev.stator.conformance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.tools.cli.ToolsCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load generator, for a moment, against an embedded cluster. Nothing here is about speed. */
class BenchTest {
    @TempDir private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int bench(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new ToolsCommand(
                        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .execute(all);
    }

    @Test
    void everyWorkloadIsAnsweredWithoutErrors() throws Exception {
        Path json = directory.resolve("result.json");
        try (Stator stator = Stator.start(directory.resolve("data"))) {
            String url = stator.endpoint().toString();
            int code =
                    bench(
                            "--compare",
                            "one=" + url,
                            "--workload=a,b,c,write,get,get-eventual,update,query",
                            "--connections=4",
                            "--threads=2",
                            "--keys=50",
                            "--distribution=zipfian",
                            "--warm-up=0",
                            "--duration=1",
                            "--json=" + json);
            assertThat(code).as(err.toString(UTF_8)).isZero();
            assertThat(stator.client().listTables().tableNames()).isEmpty();
        }
        assertThat(out.toString(UTF_8)).contains("requests/s").doesNotContain("errors,");
        assertThat(Files.readString(json))
                .contains("\"workload\":\"get-eventual\"", "\"operations\":{\"QUERY\":{\"count\":")
                .doesNotContain("\"requests\":0,");
    }

    @Test
    void endpointsTakeTurnsAtAGivenRate() throws Exception {
        try (Stator stator = Stator.start(directory.resolve("data"))) {
            String url = stator.endpoint().toString();
            int code =
                    bench(
                            "--compare",
                            "one=" + url,
                            "two=" + url.replace("127.0.0.1", "localhost"),
                            "--keep",
                            "--workload=write",
                            "--rate=50",
                            "--keys=10",
                            "--warm-up=0",
                            "--duration=1",
                            "--rounds=2");
            assertThat(code).as(err.toString(UTF_8)).isZero();
        }
        assertThat(out.toString(UTF_8)).contains("write: one / two = ");
    }

    @Test
    void anEndpointThatIsNotThereIsNamed() throws IOException {
        int code = bench("--endpoint=http://127.0.0.1:1", "--connections=1");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("http://127.0.0.1:1");
    }

    @Test
    void wrongFlagsAreExplained() {
        assertThat(bench("--workload=z")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("there is no workload z");
    }
}
