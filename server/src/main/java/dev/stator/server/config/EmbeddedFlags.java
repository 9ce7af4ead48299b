package dev.stator.server.config;

import java.nio.file.Path;
import java.util.Optional;

/** The flags of {@code stator start}, as far as they were given; they win over the file. */
public record EmbeddedFlags(
        Optional<String> host, Optional<Integer> port, Optional<Path> dataDir, boolean inMemory) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8000;
    public static final String DEFAULT_DATA_DIR = "stator-data";

    public static final EmbeddedFlags NONE =
            new EmbeddedFlags(Optional.empty(), Optional.empty(), Optional.empty(), false);

    public EmbeddedFlags {
        if (inMemory && dataDir.isPresent()) {
            throw new ConfigException("--in-memory and --data-dir exclude each other");
        }
    }
}
