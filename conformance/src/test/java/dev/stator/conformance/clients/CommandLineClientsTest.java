package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The AWS CLI and boto3, as Debian ships them. Skipped, with the reason, where they are not
 * installed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineClientsTest {
    private static final long COMMAND_SECONDS_MAX = 120;

    private final Path directory;
    private final Stator stator;

    CommandLineClientsTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.stator = Stator.start(directory.resolve("data"));
    }

    @AfterAll
    void stop() {
        stator.close();
    }

    private record Result(int exitCode, String output) {}

    private Result run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AWS_ACCESS_KEY_ID", "any");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "any");
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.environment().put("AWS_PAGER", "");
        Path log = Files.createTempFile(directory, "command", ".log");
        Process process = builder.redirectOutput(log.toFile()).start();
        assertThat(process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS))
                .as("ends: " + command)
                .isTrue();
        return new Result(process.exitValue(), Files.readString(log));
    }

    private boolean works(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).exitCode() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("aws", "dynamodb", "--endpoint-url", stator.endpoint().toString()));
        command.addAll(List.of(arguments));
        Result result = run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    @Test
    void theAwsCliWorksThroughTheReadmesExample() throws Exception {
        assumeTrue(works("aws", "--version"), "the AWS CLI is not installed");
        aws(
                "create-table",
                "--table-name",
                "music",
                "--billing-mode",
                "PAY_PER_REQUEST",
                "--attribute-definitions",
                "AttributeName=artist,AttributeType=S",
                "AttributeName=song,AttributeType=S",
                "--key-schema",
                "AttributeName=artist,KeyType=HASH",
                "AttributeName=song,KeyType=RANGE");
        aws("wait", "table-exists", "--table-name", "music");
        aws(
                "put-item",
                "--table-name",
                "music",
                "--item",
                "{\"artist\":{\"S\":\"Acme\"},\"song\":{\"S\":\"Happy Day\"},\"plays\":{\"N\":\"1\"}}");
        assertThat(
                        aws(
                                "update-item",
                                "--table-name",
                                "music",
                                "--key",
                                "{\"artist\":{\"S\":\"Acme\"},\"song\":{\"S\":\"Happy Day\"}}",
                                "--update-expression",
                                "ADD plays :n",
                                "--expression-attribute-values",
                                "{\":n\":{\"N\":\"1\"}}",
                                "--return-values",
                                "ALL_NEW"))
                .contains("\"N\": \"2\"");
        assertThat(
                        aws(
                                "query",
                                "--table-name",
                                "music",
                                "--key-condition-expression",
                                "artist = :a",
                                "--expression-attribute-values",
                                "{\":a\":{\"S\":\"Acme\"}}"))
                .contains("\"Count\": 1");
        aws("delete-table", "--table-name", "music");
        aws("wait", "table-not-exists", "--table-name", "music");
    }

    @Test
    void boto3RunsItsScript() throws Exception {
        String python =
                works("/usr/bin/python3", "-c", "import boto3") ? "/usr/bin/python3" : "python3";
        assumeTrue(works(python, "-c", "import boto3"), "boto3 is not installed");
        Path script = directory.resolve("boto3_client.py");
        try (InputStream source = getClass().getResourceAsStream("/boto3_client.py")) {
            assertThat(source).isNotNull();
            Files.writeString(script, new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
        Result result = run(List.of(python, script.toString(), stator.endpoint().toString()));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).endsWith("all checks passed\n");
    }
}
