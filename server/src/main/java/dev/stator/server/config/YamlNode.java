package dev.stator.server.config;

import java.util.List;
import java.util.SequencedMap;

/** A value of a YAML document that remembers the line it begins in, counted from 1. */
sealed interface YamlNode {
    int line();

    /**
     * A single value.
     *
     * @param text as written, without quotes and escapes
     */
    record Scalar(String text, int line) implements YamlNode {}

    record Sequence(List<YamlNode> elements, int line) implements YamlNode {}

    record Mapping(SequencedMap<String, YamlNode> entries, int line) implements YamlNode {}
}
