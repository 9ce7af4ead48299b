package dev.stator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final Path FILE = Path.of("/etc/stator/stator.yaml");

    private static final String CLUSTER =
            """
            nodes:
              - name: alpha
                zone: a
                rpc: 127.0.0.1:7400
                http: 127.0.0.1:8000
                dataDir: /var/lib/stator
              - {name: beta, zone: b, rpc: "127.0.0.2:7400", http: "127.0.0.2:8000", dataDir: beta-data}
              - {name: gamma, zone: c, rpc: "[::1]:7400", http: "[::1]:8000", dataDir: gamma-data}
            credentials:
              - accessKeyId: AKIDEXAMPLE
                secretAccessKey: secret/+1
                account: 000000000123
              - {accessKeyId: second, secretAccessKey: another}
            """;

    @Test
    void emptyFileGivesTheDefaults() {
        EmbeddedConfig config = ConfigFile.empty().embedded(EmbeddedFlags.NONE);

        assertThat(config.http()).isEqualTo(new Endpoint("127.0.0.1", 8000));
        assertThat(config.data()).isEqualTo(new DataLocation.Directory(Path.of("stator-data")));
        assertThat(config.access().credentials()).isEmpty();
    }

    @Test
    void embeddedFileIsRead() {
        EmbeddedConfig config =
                ConfigFile.parse(
                                """
                                # how we run it here
                                host: 0.0.0.0
                                port: 9000
                                dataDir: data/./here
                                credentials: []
                                """,
                                FILE)
                        .embedded(EmbeddedFlags.NONE);

        assertThat(config.http()).isEqualTo(new Endpoint("0.0.0.0", 9000));
        assertThat(config.data())
                .isEqualTo(new DataLocation.Directory(Path.of("/etc/stator/data/here")));
    }

    @Test
    void flagsWinOverTheFile() {
        ConfigFile file = ConfigFile.parse("{host: 0.0.0.0, port: 9000, dataDir: data}", FILE);

        EmbeddedConfig config =
                file.embedded(
                        new EmbeddedFlags(
                                Optional.of("127.0.0.9"),
                                Optional.of(0),
                                Optional.of(Path.of("elsewhere")),
                                false));

        assertThat(config.http()).isEqualTo(new Endpoint("127.0.0.9", 0));
        assertThat(config.data()).isEqualTo(new DataLocation.Directory(Path.of("elsewhere")));
    }

    @Test
    void inMemoryOfEitherSideIsOverruledByTheFlagsOnly() {
        EmbeddedFlags inMemory =
                new EmbeddedFlags(Optional.empty(), Optional.empty(), Optional.empty(), true);
        EmbeddedFlags dataDir =
                new EmbeddedFlags(
                        Optional.empty(), Optional.empty(), Optional.of(Path.of("d")), false);

        assertThat(ConfigFile.parse("dataDir: x", FILE).embedded(inMemory).data())
                .isEqualTo(new DataLocation.InMemory());
        assertThat(ConfigFile.parse("inMemory: true", FILE).embedded(EmbeddedFlags.NONE).data())
                .isEqualTo(new DataLocation.InMemory());
        assertThat(ConfigFile.parse("inMemory: true", FILE).embedded(dataDir).data())
                .isEqualTo(new DataLocation.Directory(Path.of("d")));
        assertThatThrownBy(() ->
                        new EmbeddedFlags(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Path.of("d")),
                                true))
                .hasMessage("--in-memory and --data-dir exclude each other");
    }

    @Test
    void clusterFileIsRead() {
        NodeConfig config = ConfigFile.parse(CLUSTER, FILE).node("beta", Optional.empty());

        assertThat(config.nodes())
                .extracting(ClusterNode::name)
                .containsExactly("alpha", "beta", "gamma");
        assertThat(config.self())
                .isEqualTo(
                        new ClusterNode(
                                "beta",
                                "b",
                                new Endpoint("127.0.0.2", 7400),
                                new Endpoint("127.0.0.2", 8000),
                                Path.of("/etc/stator/beta-data")));
        assertThat(config.nodes().getLast().rpc()).isEqualTo(new Endpoint("::1", 7400));
        assertThat(config.access().credentials())
                .containsExactly(
                        new Credential("AKIDEXAMPLE", "secret/+1", "000000000123"),
                        new Credential("second", "another", Credential.DEFAULT_ACCOUNT_ID));
    }

    @Test
    void credentialsMayStandInAFileOfTheirOwn(@TempDir Path dir) throws Exception {
        Path keys = dir.resolve("keys.yaml");
        Path file = dir.resolve("stator.yaml");
        Files.writeString(file, "{credentialsFile: keys.yaml, region: eu-west-1}");
        Files.writeString(
                keys,
                "credentials: [{accessKeyId: k, secretAccessKey: s, sessionToken: t, expires: 2030-01-01T00:00:00Z}]");

        ClientAccess access = ConfigFile.read(file).embedded(EmbeddedFlags.NONE).access();

        assertThat(access.credentials())
                .containsExactly(
                        new Credential(
                                "k",
                                "s",
                                Credential.DEFAULT_ACCOUNT_ID,
                                Optional.of("t"),
                                Optional.of(Instant.parse("2030-01-01T00:00:00Z"))));
        assertThat(access.credentialsFile()).contains(keys);
        assertThat(access.regionName()).isEqualTo("eu-west-1");
    }

    @Test
    void aCredentialsFileThatWouldLetEverybodyInIsRefused(@TempDir Path dir) throws Exception {
        Path keys = Files.writeString(dir.resolve("keys.yaml"), "credentials: []");
        ConfigFile file = ConfigFile.parse("credentialsFile: " + keys, FILE);

        assertThatThrownBy(() -> file.embedded(EmbeddedFlags.NONE))
                .hasMessage(keys + ":1: credentials: names no access key");
        Files.delete(keys);
        assertThatThrownBy(() -> file.embedded(EmbeddedFlags.NONE))
                .hasMessage(keys + ": no such file");
    }

    @Test
    void dataDirFlagConcernsTheOwnNodeOnly() {
        NodeConfig config =
                ConfigFile.parse(CLUSTER, FILE).node("beta", Optional.of(Path.of("/mnt/d")));

        assertThat(config.nodes())
                .extracting(ClusterNode::dataDir)
                .containsExactly(
                        Path.of("/var/lib/stator"),
                        Path.of("/mnt/d"),
                        Path.of("/etc/stator/gamma-data"));
    }

    @Test
    void unknownNodeNameIsRefused() {
        assertThatThrownBy(() -> ConfigFile.parse(CLUSTER, FILE).node("delta", Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "/etc/stator/stator.yaml: no node is called 'delta'; the file lists alpha, beta, gamma");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(ConfigFile.parse(CLUSTER, FILE).node("beta", Optional.empty()).toString())
                .contains("AKIDEXAMPLE")
                .doesNotContain("secret/+1");
        assertThatThrownBy(() ->
                        ConfigFile.parse(
                                        "credentials: [{accessKeyId: k, secretAccessKey: 'x y'}]",
                                        FILE)
                                .embedded(EmbeddedFlags.NONE))
                .hasMessageContaining("credentials[0].secretAccessKey")
                .hasMessageNotContaining("x y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "port: 99999                | 1: port: '99999' is not a whole number between 0 and 65535",
                "port: 8e3                  | 1: port: '8e3' is not a whole number between 0 and 65535",
                "port: -1                   | 1: port: '-1' is not a whole number between 0 and 65535",
                "port: 99999999999999999999 | 1: port: '99999999999999999999' is not a whole number between 0 and 65535",
                "port:                      | 1: port: has no value",
                "port: [1]                  | 1: port: expected a single value",
                "port: {a: 1}               | 1: port: expected a single value",
                "~host: localhost\nprot: 1~ | 2: prot: unknown key; known at the top level: host, port, dataDir, inMemory, credentialsFile, region, tls, credentials",
                "~host: a\nhost: b~         | 2: the key 'host' is given twice",
                "host: a/b                  | 1: host: 'a/b' is not a host name or an IP address",
                "inMemory: maybe            | 1: inMemory: 'maybe' is not true or false",
                "~dataDir: d\n\ninMemory: true~ | 3: inMemory: true contradicts dataDir",
                "nodes: []                  | 1: nodes: is for 'stator node'; 'stator start' runs all nodes in one process",
                "credentials: x             | 1: credentials: expected a list",
                "credentials: [x]           | 1: credentials[0]: expected keys and values",
                "~credentials:\n- accessKeyId: k~ | 2: credentials[0].secretAccessKey: is missing",
                "~credentials:\n- {accessKeyId: k, secretAccessKey: s}\n- {accessKeyId: k, secretAccessKey: t}~ | 3: credentials[1].accessKeyId: 'k' is given twice",
                "credentials: [{accessKeyId: k, secretAccessKey: s, account: 12}] | 1: credentials[0].account: '12' is not an account of 12 digits",
                "credentials: [{accessKeyId: k, secretAccessKey: s, acount: 12}] | 1: credentials[0].acount: unknown key; known in credentials[0]: accessKeyId, secretAccessKey, account, sessionToken, expires",
                "credentials: [{accessKeyId: k, secretAccessKey: s, expires: 2030-01-01T00:00:00Z}] | 1: credentials[0].expires: is for keys with a sessionToken only",
                "credentials: [{accessKeyId: k, secretAccessKey: s, sessionToken: t, expires: soon}] | 1: credentials[0].expires: 'soon' is not a time such as 2030-12-31T23:59:59Z",
                "~credentialsFile: c\ncredentials: []~ | 2: credentials: contradicts credentialsFile",
                "region: Mars               | 1: region: 'Mars' is not a region such as us-east-1",
                "tls: yes                   | 1: tls: expected keys and values",
                "~tls:\n  certificate: c~    | 2: tls.key: is missing",
                "tls: {certificate: c, key: k, ca: a} | 1: tls.ca: unknown key; known in tls: certificate, key",
                "[1, 2]                     | 1: expected keys and values at the top level",
                "~--- {}\n--- {}~           | 2: expected one YAML document, here a second one begins",
                "~host: &h localhost\ndataDir: *h~ | 2: aliases (*name) are not supported",
                "~host: a\nport: [1~        | 2: not YAML:",
                "~host: a\n\tport: 1~       | 2: not YAML:",
            })
    void badEmbeddedFilesAreRefusedByPlaceKeyAndValue(String text, String problem) {
        assertThatThrownBy(() -> ConfigFile.parse(text, FILE).embedded(EmbeddedFlags.NONE))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith("/etc/stator/stator.yaml:" + problem)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name: beta,           | name: alpha,   | 7: nodes[1].name: 'alpha' is the name of another node",
                "name: beta,           | name: Beta,    | 7: nodes[1].name: 'Beta' is not a name of 1 to 40 characters a-z, 0-9 and - inside",
                "zone: b,              | zone: a,       | 2: nodes: are in 2 zones (a, c), expected 3: a table has a replica in each of three zones",
                "zone: b,              | ~~             | 7: nodes[1].zone: is missing",
                "127.0.0.2:7400        | 127.0.0.1:7400 | 7: nodes[1].rpc: 127.0.0.1:7400 is the address of node alpha",
                "127.0.0.2:8000        | 127.0.0.1:8000 | 7: nodes[1].http: 127.0.0.1:8000 is the address of node alpha",
                "127.0.0.2:8000        | 127.0.0.2:7400 | 7: nodes[1].http: 127.0.0.2:7400 is also the node's address for rpc",
                "127.0.0.2:8000        | 127.0.0.1:7400 | 7: nodes[1].http: shares an address with the rpc of node alpha",
                "127.0.0.2:7400        | 127.0.0.2:0    | 7: nodes[1].rpc: the port must be between 1 and 65535, the other nodes have to find it",
                "127.0.0.2:7400        | 127.0.0.2      | 7: nodes[1].rpc: '127.0.0.2' is not host:port (an IPv6 address goes in brackets)",
                "127.0.0.2:7400        | ::1:7400       | 7: nodes[1].rpc: '::1:7400' is not host:port (an IPv6 address goes in brackets)",
                "127.0.0.2:7400        | 127.0.0.2:x    | 7: nodes[1].rpc: '127.0.0.2:x' is not host:port: the port is not a number",
                "127.0.0.2:7400        | 127.0.0.2:65536| 7: nodes[1].rpc: port 65536 is not between 0 and 65535",
                "credentials:          | port: 1        | 9: port: is for 'stator start'; 'stator node' reads it from the node's entry in nodes",
            })
    void badClusterFilesAreRefusedByPlaceKeyAndValue(String from, String to, String problem) {
        String text =
                CLUSTER.substring(0, CLUSTER.indexOf("credentials:") + 12)
                        .replace(from, to)
                        .replace(": 1:", ": 1");
        assertThat(text).isNotEqualTo(CLUSTER);
        assertThatThrownBy(() ->
                        ConfigFile.parse(text.replace("credentials:", "credentials: []"), FILE)
                                .node("beta", Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("/etc/stator/stator.yaml:" + problem);
    }

    @Test
    void filesThatCannotBeReadAreRefused(@TempDir Path dir) throws Exception {
        Path latin = Files.write(dir.resolve("latin.yaml"), new byte[] {'h', (byte) 0xe4});
        Path huge = Files.write(dir.resolve("huge.yaml"), new byte[ConfigFile.FILE_BYTES_MAX + 1]);
        Path absent = dir.resolve("absent.yaml");

        assertThatThrownBy(() -> ConfigFile.read(absent)).hasMessage(absent + ": no such file");
        assertThatThrownBy(() -> ConfigFile.read(dir))
                .hasMessageStartingWith(dir + ": cannot be read: ");
        assertThatThrownBy(() -> ConfigFile.read(latin)).hasMessage(latin + ": not UTF-8 text");
        assertThatThrownBy(() -> ConfigFile.read(huge))
                .hasMessage(huge + ": longer than 1048576 bytes");
    }

    @Test
    void deepNestingIsRefused() {
        String text = "a: " + "[".repeat(100) + "]".repeat(100);
        assertThatThrownBy(() -> ConfigFile.parse(text, FILE).embedded(EmbeddedFlags.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nested more than 16 levels deep");
    }

    @Test
    void embeddedClusterHasAsManyZonesAsAGroupHasReplicas() {
        List<String> zones = EmbeddedConfig.ZONES;
        assertThat(zones).hasSize(ConfigFile.ZONES).doesNotHaveDuplicates();
    }
}
