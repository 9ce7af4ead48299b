package dev.stator.server.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the configuration file. It is asked for each key that may stand in it, and at the
 * end refuses the keys that nobody asked for; so the code that reads a section is also the list of
 * what it may hold.
 */
final class ConfigSection {
    private final YamlNode.Mapping mapping;
    private final String fileName;
    private final String path;
    private final SequencedSet<String> asked = new LinkedHashSet<>();

    ConfigSection(YamlNode.Mapping mapping, String fileName, String path) {
        this.mapping = mapping;
        this.fileName = fileName;
        this.path = path;
    }

    Optional<String> text(String key) {
        return scalar(key).map(YamlNode.Scalar::text);
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /** A text that {@code parse} turns into a value, or refuses by a {@link ConfigException}. */
    <T> Optional<T> parsed(String key, Function<String, T> parse) {
        return scalar(key)
                .map(scalar -> {
                    try {
                        return parse.apply(scalar.text());
                    } catch (ConfigException e) {
                        throw refuse(key, scalar, e.line());
                    }
                });
    }

    <T> T requiredParsed(String key, Function<String, T> parse) {
        return parsed(key, parse).orElseThrow(() -> missing(key));
    }

    Optional<Integer> integer(String key, int min, int max) {
        return parsed(
                key,
                text -> {
                    boolean digits = text.matches("-?[0-9]{1,18}");
                    long value = digits ? Long.parseLong(text) : 0;
                    if (!digits || value < min || value > max) {
                        throw new ConfigException(
                                "'"
                                        + text
                                        + "' is not a whole number between "
                                        + min
                                        + " and "
                                        + max);
                    }
                    return (int) value;
                });
    }

    Optional<Boolean> bool(String key) {
        return parsed(
                key,
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default ->
                                    throw new ConfigException(
                                            "'" + text + "' is not true or false");
                        });
    }

    /** A mapping inside of this one; empty where the key is absent. */
    Optional<ConfigSection> section(String key) {
        YamlNode node = ask(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof YamlNode.Mapping entries)) {
            throw refuse(key, node, "expected keys and values");
        }
        return Optional.of(new ConfigSection(entries, fileName, pathOf(key)));
    }

    /** The mappings of a sequence; empty where the key is absent. */
    List<ConfigSection> sections(String key, int max) {
        YamlNode node = ask(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw refuse(key, node, "expected a list");
        }
        if (sequence.elements().size() > max) {
            throw refuse(
                    key,
                    node,
                    sequence.elements().size() + " entries, at most " + max + " are allowed");
        }
        List<ConfigSection> sections = new ArrayList<>();
        for (YamlNode element : sequence.elements()) {
            String elementPath = pathOf(key) + "[" + sections.size() + "]";
            if (!(element instanceof YamlNode.Mapping entries)) {
                throw new ConfigException(
                        place(element) + ": " + elementPath + ": expected keys and values");
            }
            sections.add(new ConfigSection(entries, fileName, elementPath));
        }
        return sections;
    }

    /** Refuses keys that were not asked for. */
    void refuseOtherKeys() {
        for (var entry : mapping.entries().entrySet()) {
            if (!asked.contains(entry.getKey())) {
                throw new ConfigException(
                        "%s: %s: unknown key; known %s: %s"
                                .formatted(
                                        place(entry.getValue()),
                                        pathOf(entry.getKey()),
                                        path.isEmpty() ? "at the top level" : "in " + path,
                                        String.join(", ", asked)));
            }
        }
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** A refusal of the value of a key that is present, or of the whole section where it is not. */
    ConfigException refuse(String key, String problem) {
        YamlNode node = mapping.entries().get(key);
        return refuse(key, node == null ? mapping : node, problem);
    }

    private ConfigException refuse(String key, YamlNode node, String problem) {
        return new ConfigException(place(node) + ": " + pathOf(key) + ": " + problem);
    }

    private ConfigException missing(String key) {
        return new ConfigException(place(mapping) + ": " + pathOf(key) + ": is missing");
    }

    private Optional<YamlNode.Scalar> scalar(String key) {
        YamlNode node = ask(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof YamlNode.Scalar scalar)) {
            throw refuse(key, node, "expected a single value");
        }
        if (scalar.text().isEmpty()) {
            throw refuse(key, node, "has no value");
        }
        return Optional.of(scalar);
    }

    private @Nullable YamlNode ask(String key) {
        asked.add(key);
        return mapping.entries().get(key);
    }

    private String place(YamlNode node) {
        return fileName + ":" + node.line();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
