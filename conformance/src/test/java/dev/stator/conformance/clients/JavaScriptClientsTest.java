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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The AWS SDK for JavaScript v3, and dynamodb-admin in a browser. Their packages are fetched from
 * the registry into {@code target/javascript}, once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptClientsTest {
    private static final Path PACKAGES = Path.of("target", "javascript").toAbsolutePath();
    private static final List<String> FILES = List.of("package.json", "sdk.js", "admin.js");

    /** Its names in Debian and elsewhere. */
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser");

    /** The oldest that the packages run with. */
    private static final String ENOUGH =
            "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)";

    private final Stator stator;

    JavaScriptClientsTest(@TempDir Path directory) throws Exception {
        stator = Stator.start(directory);
    }

    @AfterAll
    void stop() {
        stator.close();
    }

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(PACKAGES);
        Installed.require(
                Installed.works(PACKAGES, "node", "-e", ENOUGH)
                        && Installed.works(PACKAGES, "npm", "--version"),
                "Node.js 20 or newer and npm are not installed");
        Path installed = PACKAGES.resolve("node_modules/.installed.json");
        String wanted = new String(resource("package.json"), StandardCharsets.UTF_8);
        for (String file : FILES) {
            Files.write(PACKAGES.resolve(file), resource(file));
        }
        if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
            Installed.Result result =
                    Installed.run(
                            PACKAGES,
                            List.of(
                                    "npm",
                                    "install",
                                    "--no-audit",
                                    "--no-fund",
                                    "--no-package-lock",
                                    "--ignore-scripts",
                                    "--loglevel=error"));
            Installed.require(
                    result.exitCode() == 0, "npm cannot fetch the clients: " + result.output());
            Files.writeString(installed, wanted);
        }
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in =
                JavaScriptClientsTest.class.getResourceAsStream("/javascript/" + file)) {
            assertThat(in).as(file).isNotNull();
            return in.readAllBytes();
        }
    }

    private void runs(String script, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.add(stator.endpoint().toString());
        command.addAll(List.of(more));
        Installed.Result result = Installed.run(PACKAGES, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).endsWith("all checks passed\n");
    }

    @Test
    void theSdkWritesReadsPagesAndWaits() throws Exception {
        runs("sdk.js");
    }

    @Test
    void dynamodbAdminBrowsesAndEditsInABrowser() throws Exception {
        String browser = "";
        for (String name : BROWSERS) {
            Path path = Path.of("/usr/bin", name);
            if (browser.isEmpty() && Files.isExecutable(path)) {
                browser = path.toString();
            }
        }
        Installed.require(!browser.isEmpty(), "Chromium is not installed");
        runs("admin.js", browser);
    }
}
