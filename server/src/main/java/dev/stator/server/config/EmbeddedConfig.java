package dev.stator.server.config;

import java.util.List;

/** A cluster of three storage nodes in one process. */
public record EmbeddedConfig(Endpoint http, DataLocation data, ClientAccess access) {
    /** The zones of the embedded cluster, one storage node in each. */
    public static final List<String> ZONES = List.of("a", "b", "c");
}
