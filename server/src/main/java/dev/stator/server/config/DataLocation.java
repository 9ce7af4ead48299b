package dev.stator.server.config;

import java.nio.file.Path;

/** Where data is kept. */
public sealed interface DataLocation {
    /** Nowhere: everything is gone when the process ends. */
    record InMemory() implements DataLocation {}

    record Directory(Path path) implements DataLocation {}
}
