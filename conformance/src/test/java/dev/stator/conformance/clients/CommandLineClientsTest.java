package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private Installed.Result run(List<String> command) throws IOException, InterruptedException {
        return Installed.run(directory, command);
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("aws", "dynamodb", "--endpoint-url", stator.endpoint().toString()));
        command.addAll(List.of(arguments));
        Installed.Result result = run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    @Test
    void theAwsCliWorksThroughTheReadmesExample() throws Exception {
        Installed.require(
                Installed.works(directory, "aws", "--version"), "the AWS CLI is not installed");
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
        assertThat(
                        aws(
                                "execute-statement",
                                "--statement",
                                "SELECT plays FROM \"music\" WHERE artist = ? AND song = 'Happy"
                                        + " Day'",
                                "--parameters",
                                "[{\"S\":\"Acme\"}]"))
                .contains("\"N\": \"2\"");
        aws(
                "transact-write-items",
                "--transact-items",
                """
                [{"Update":{"TableName":"music","Key":{"artist":{"S":"Acme"},"song":{"S":"Happy Day"}},
                  "UpdateExpression":"ADD plays :n","ExpressionAttributeValues":{":n":{"N":"1"}}}},
                 {"Put":{"TableName":"music","Item":{"artist":{"S":"Acme"},"song":{"S":"Sad Day"}}}}]\
                """);
        assertThat(
                        aws(
                                "transact-get-items",
                                "--transact-items",
                                """
                                [{"Get":{"TableName":"music","Key":{"artist":{"S":"Acme"},"song":{"S":"Happy Day"}}}},
                                 {"Get":{"TableName":"music","Key":{"artist":{"S":"Acme"},"song":{"S":"Sad Day"}}}}]\
                                """))
                .contains("\"N\": \"3\"", "Sad Day");
        aws("delete-table", "--table-name", "music");
        aws("wait", "table-not-exists", "--table-name", "music");
    }

    @Test
    void boto3RunsItsScript() throws Exception {
        String python =
                Installed.works(directory, "/usr/bin/python3", "-c", "import boto3")
                        ? "/usr/bin/python3"
                        : "python3";
        Installed.require(
                Installed.works(directory, python, "-c", "import boto3"), "boto3 is not installed");
        Path script = directory.resolve("boto3_client.py");
        try (InputStream source = getClass().getResourceAsStream("/boto3_client.py")) {
            assertThat(source).isNotNull();
            Files.writeString(script, new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
        Installed.Result result =
                run(List.of(python, script.toString(), stator.endpoint().toString()));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).endsWith("all checks passed\n");
    }
}
