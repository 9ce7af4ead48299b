package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others that tests run. */
final class Installed {
    private static final long COMMAND_SECONDS_MAX = 180;

    /** Set where they were installed for the tests, so that none is missing unnoticed. */
    private static final boolean ALL_REQUIRED =
            "required".equals(System.getenv("STATOR_TEST_CLIENTS"));

    private Installed() {}

    record Result(int exitCode, String output) {}

    /** Skips the test with the reason where something is missing; where nothing may be, fails. */
    static void require(boolean there, String missing) {
        if (ALL_REQUIRED) {
            assertThat(there).as(missing).isTrue();
        }
        assumeTrue(there, missing);
    }

    /** Runs a command to its end. */
    static Result run(Path directory, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("AWS_ACCESS_KEY_ID", "any");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "any");
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.environment().put("AWS_PAGER", "");
        Path log = Files.createTempFile("command", ".log");
        try {
            Process process = builder.redirectOutput(log.toFile()).start();
            boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String output = Files.readString(log);
            assertThat(ended).as("ends: " + command + "\n" + output).isTrue();
            return new Result(process.exitValue(), output);
        } finally {
            Files.delete(log);
        }
    }

    /** Whether a command can be run and says that it is well. */
    static boolean works(Path directory, String... command) throws InterruptedException {
        try {
            return run(directory, List.of(command)).exitCode() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
