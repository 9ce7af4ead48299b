package dev.stator.server.cli;

import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.Endpoint;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.ServerLauncher;
import dev.stator.server.launch.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.event.Level;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code stator train-start-up}: starts a throw-away cluster, has it answer a few requests, and
 * ends. The launcher runs it once after a build, while the virtual machine records which classes a
 * start and a first request load, so that later starts find them linked (JEP 483, JEP 514).
 */
final class TrainingCommand implements Callable<Integer> {
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int ROUNDS = 20;
    private static final int ATTEMPTS_MAX = 100;
    private static final int PAUSE_MILLIS = 50;

    private static final String KEY =
            "\"TableName\":\"training\",\"Key\":{\"p\":{\"S\":\"a\"},\"s\":{\"N\":\"1\"}}";
    private static final Request CREATE =
            new Request(
                    "CreateTable",
                    """
                    {"TableName":"training","BillingMode":"PAY_PER_REQUEST",
                     "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}],
                     "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},
                                             {"AttributeName":"s","AttributeType":"N"}]}\
                    """);
    private static final Request DESCRIBE =
            new Request("DescribeTable", "{\"TableName\":\"training\"}");
    private static final List<Request> REQUESTS =
            List.of(
                    new Request("ListTables", "{}"),
                    DESCRIBE,
                    new Request(
                            "PutItem",
                            """
                            {"TableName":"training","ReturnConsumedCapacity":"TOTAL",
                             "Item":{"p":{"S":"a"},"s":{"N":"1"},"m":{"M":{"l":{"L":[{"BOOL":true},{"NULL":true}]}}}}}\
                            """),
                    new Request("GetItem", "{" + KEY + ",\"ConsistentRead\":true}"),
                    new Request("GetItem", "{" + KEY + "}"),
                    new Request(
                            "UpdateItem",
                            "{"
                                    + KEY
                                    + """
                                    ,"UpdateExpression":"SET #c = if_not_exists(#c, :z) + :o","ConditionExpression":"attribute_exists(p)",
                                     "ExpressionAttributeNames":{"#c":"count"},"ReturnValues":"ALL_NEW",
                                     "ExpressionAttributeValues":{":z":{"N":"0"},":o":{"N":"1"}}}\
                                    """),
                    new Request(
                            "Query",
                            """
                            {"TableName":"training","KeyConditionExpression":"p = :p AND s > :s",
                             "ExpressionAttributeValues":{":p":{"S":"a"},":s":{"N":"0"}}}\
                            """),
                    new Request("Scan", "{\"TableName\":\"training\"}"));

    private final ServerLauncher launcher;
    private final Console console;

    private record Request(String operation, String body) {}

    TrainingCommand(ServerLauncher launcher, Console console) {
        this.launcher = launcher;
        this.console = console;
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("train-start-up");
        spec.usageMessage().hidden(true);
        return spec;
    }

    @Override
    public Integer call() throws StartException, InterruptedException, IOException {
        LogSetup.setLevel(Level.WARN);
        Path directory = Files.createTempDirectory("stator-training");
        EmbeddedConfig config =
                new EmbeddedConfig(
                        new Endpoint("127.0.0.1", 0),
                        new DataLocation.Directory(directory),
                        ClientAccess.OPEN);
        try (RunningServer server = launcher.start(config)) {
            Announcement.embedded(config, server.httpAddress()).forEach(console.out()::println);
            train(server.httpAddress());
        } finally {
            deleteAll(directory);
        }
        return ExitCode.OK.number();
    }

    private static void train(InetSocketAddress http) throws IOException, InterruptedException {
        send(http, CREATE);
        for (int i = 0; i < ATTEMPTS_MAX && !send(http, DESCRIBE).contains("\"ACTIVE\""); i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (Request request : REQUESTS) {
                send(http, request);
            }
        }
    }

    private static String send(InetSocketAddress http, Request request) throws IOException {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        String head =
                "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810."
                        + request.operation()
                        + "\r\nX-Amz-Date: 20260101T000000Z\r\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host;x-amz-date;x-amz-target, Signature="
                        + "0".repeat(64)
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(http, REQUEST_TIMEOUT_MILLIS);
            socket.setSoTimeout(REQUEST_TIMEOUT_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> {
                        try {
                            Files.delete(path);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
