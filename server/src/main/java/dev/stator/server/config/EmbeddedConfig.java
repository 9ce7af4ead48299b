package dev.stator.server.config;

import java.util.List;

/**
 * A cluster of three storage nodes in one process.
 *
 * @param credentials empty to accept any access key
 */
public record EmbeddedConfig(Endpoint http, DataLocation data, List<Credential> credentials) {
    /** The zones of the embedded cluster, one storage node in each. */
    public static final List<String> ZONES = List.of("a", "b", "c");

    public EmbeddedConfig {
        credentials = List.copyOf(credentials);
    }
}
