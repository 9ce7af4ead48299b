package dev.stator.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file. One layout serves both commands: {@code stator start} reads {@code host},
 * {@code port}, {@code dataDir} and {@code inMemory}; {@code stator node} reads {@code nodes}, the
 * same on all hosts; both read {@code credentials} or {@code credentialsFile}, , {@code region} and
 * {@code tls}. A key of the other command is refused like an unknown one, but is told apart in the
 * message.
 *
 * <p>Relative paths in the file are taken from the directory that the file is in.
 */
public final class ConfigFile {
    /** A file that is longer is not a configuration. */
    public static final int FILE_BYTES_MAX = 1 << 20;

    /** As many nodes as a cluster may list. */
    public static final int NODES_MAX = 300;

    /** A replication group has one replica in each of three zones. */
    public static final int ZONES = 3;

    private static final int NAME_LENGTH_MAX = 40;

    private final Path directory;
    private final String fileName;
    private final ConfigSection top;

    private ConfigFile(Path directory, String fileName, ConfigSection top) {
        this.directory = directory;
        this.fileName = fileName;
        this.top = top;
    }

    /** A file without any key. */
    public static ConfigFile empty() {
        return parse("", Path.of("stator.yaml"));
    }

    /** Reads the file. */
    public static ConfigFile read(Path file) {
        return parse(text(file), file);
    }

    /** The text of a file that is small enough. */
    static String text(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new ConfigException(file + ": longer than " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file");
        } catch (AccessDeniedException e) {
            throw new ConfigException(file + ": no permission to read it");
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not UTF-8 text");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /**
     * Takes the text of a file.
     *
     * @param file where the text came from; names it in errors and anchors relative paths
     */
    public static ConfigFile parse(String text, Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return new ConfigFile(
                parent == null ? file.toAbsolutePath() : parent,
                file.toString(),
                section(text, file));
    }

    static ConfigSection section(String text, Path file) {
        String name = file.toString();
        return new ConfigSection(YamlDocument.parse(text, name), name, "");
    }

    /** What {@code stator start} takes from the file; a flag that is present wins. */
    public EmbeddedConfig embedded(EmbeddedFlags flags) {
        if (top.has("nodes")) {
            throw top.refuse(
                    "nodes", "is for 'stator node'; 'stator start' runs all nodes in one process");
        }
        Optional<String> host = top.parsed("host", text -> new Endpoint(text, 0).host());
        Optional<Integer> port = top.integer("port", 0, Endpoint.PORT_MAX);
        Optional<Path> dataDir = top.parsed("dataDir", this::path);
        Optional<Boolean> inMemory = top.bool("inMemory");
        ClientAccess access = access();
        top.refuseOtherKeys();
        if (dataDir.isPresent() && inMemory.orElse(false)) {
            throw top.refuse("inMemory", "true contradicts dataDir");
        }
        Endpoint http =
                new Endpoint(
                        flags.host().or(() -> host).orElse(EmbeddedFlags.DEFAULT_HOST),
                        flags.port().or(() -> port).orElse(EmbeddedFlags.DEFAULT_PORT));
        return new EmbeddedConfig(
                http, dataLocation(flags, dataDir, inMemory.orElse(false)), access);
    }

    private static DataLocation dataLocation(
            EmbeddedFlags flags, Optional<Path> fromFile, boolean inMemory) {
        if (flags.inMemory()) {
            return new DataLocation.InMemory();
        }
        if (inMemory && flags.dataDir().isEmpty()) {
            return new DataLocation.InMemory();
        }
        return new DataLocation.Directory(
                flags.dataDir().or(() -> fromFile).orElse(Path.of(EmbeddedFlags.DEFAULT_DATA_DIR)));
    }

    /**
     * What {@code stator node} takes from the file.
     *
     * @param dataDir wins over the file for this node
     */
    public NodeConfig node(String name, Optional<Path> dataDir) {
        for (String key : List.of("host", "port", "dataDir", "inMemory")) {
            if (top.has(key)) {
                throw top.refuse(
                        key,
                        "is for 'stator start'; 'stator node' reads it from the node's entry in nodes");
            }
        }
        List<ClusterNode> nodes = new ArrayList<>();
        for (ConfigSection section : top.sections("nodes", NODES_MAX)) {
            ClusterNode node = clusterNode(section);
            refuseClash(section, node, nodes);
            boolean here = node.name().equals(name) && dataDir.isPresent();
            nodes.add(
                    here
                            ? new ClusterNode(
                                    node.name(),
                                    node.zone(),
                                    node.rpc(),
                                    node.http(),
                                    dataDir.orElseThrow())
                            : node);
        }
        ClientAccess access = access();
        top.refuseOtherKeys();
        Set<String> zones = new LinkedHashSet<>();
        nodes.forEach(node -> zones.add(node.zone()));
        if (zones.size() != ZONES) {
            throw top.refuse(
                    "nodes",
                    "are in %d zones (%s), expected %d: a table has a replica in each of three zones"
                            .formatted(zones.size(), String.join(", ", zones), ZONES));
        }
        try {
            return new NodeConfig(name, nodes, access);
        } catch (ConfigException e) {
            throw new ConfigException(fileName + ": " + e.line());
        }
    }

    private ClusterNode clusterNode(ConfigSection section) {
        ClusterNode node =
                new ClusterNode(
                        section.requiredParsed("name", ConfigFile::name),
                        section.requiredParsed("zone", ConfigFile::name),
                        section.requiredParsed("rpc", Endpoint::parse),
                        section.requiredParsed("http", Endpoint::parse),
                        section.requiredParsed("dataDir", this::path));
        section.refuseOtherKeys();
        if (node.rpc().port() == 0) {
            throw section.refuse(
                    "rpc", "the port must be between 1 and 65535, the other nodes have to find it");
        }
        return node;
    }

    private static void refuseClash(
            ConfigSection section, ClusterNode node, List<ClusterNode> before) {
        for (ClusterNode other : before) {
            if (other.name().equals(node.name())) {
                throw section.refuse("name", "'" + node.name() + "' is the name of another node");
            }
            if (other.rpc().equals(node.rpc())) {
                throw section.refuse("rpc", node.rpc() + " is the address of node " + other.name());
            }
            if (other.rpc().equals(node.http()) || other.http().equals(node.rpc())) {
                throw section.refuse(
                        "http", "shares an address with the rpc of node " + other.name());
            }
            if (node.http().port() != 0 && other.http().equals(node.http())) {
                throw section.refuse(
                        "http", node.http() + " is the address of node " + other.name());
            }
        }
        if (node.http().equals(node.rpc())) {
            throw section.refuse("http", node.http() + " is also the node's address for rpc");
        }
    }

    /** Who clients may be; asked for by both commands. */
    private ClientAccess access() {
        Optional<Path> file = top.parsed("credentialsFile", this::path);
        Optional<String> region = top.parsed("region", ConfigFile::region);
        Optional<TlsFiles> tls = top.section("tls").map(this::tlsFiles);
        List<Credential> inline = CredentialsFile.credentials(top);
        if (file.isPresent() && top.has("credentials")) {
            throw top.refuse("credentials", "contradicts credentialsFile");
        }
        return new ClientAccess(file.map(CredentialsFile::read).orElse(inline), file, region, tls);
    }

    private TlsFiles tlsFiles(ConfigSection section) {
        TlsFiles files =
                new TlsFiles(
                        section.requiredParsed("certificate", this::path),
                        section.requiredParsed("key", this::path));
        section.refuseOtherKeys();
        return files;
    }

    private Path path(String text) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + text + "' is not a path: " + e.getReason());
        }
    }

    private static String name(String text) {
        if (text.length() > NAME_LENGTH_MAX || !text.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
            throw new ConfigException(
                    "'%s' is not a name of 1 to %d characters a-z, 0-9 and - inside"
                            .formatted(text, NAME_LENGTH_MAX));
        }
        return text;
    }

    private static String region(String text) {
        if (text.length() > NAME_LENGTH_MAX || !text.matches("[a-z]+(-[a-z]+)+-[0-9]+")) {
            throw new ConfigException("'" + text + "' is not a region such as us-east-1");
        }
        return text;
    }
}
