package dev.stator.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML into nodes that know their lines. Scalars stay text, so that an account of zeros is
 * not taken for a number; whoever asks for a value says what it has to be. Aliases and a second
 * document are refused, because a reader of the file would overlook them.
 */
final class YamlDocument {
    private static final int DEPTH_MAX = 16;

    private final YAMLParser parser;
    private final String fileName;

    private YamlDocument(YAMLParser parser, String fileName) {
        this.parser = parser;
        this.fileName = fileName;
    }

    /** The top-level mapping; an empty document is an empty mapping. */
    static YamlNode.Mapping parse(String text, String fileName) {
        try (YAMLParser parser =
                (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlDocument(parser, fileName).document();
        } catch (JacksonException e) {
            throw notYaml(e, fileName);
        }
    }

    private YamlNode.Mapping document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new YamlNode.Mapping(new LinkedHashMap<>(), 1);
        }
        YamlNode root = value(first, 0);
        if (!(root instanceof YamlNode.Mapping mapping)) {
            throw refuse("expected keys and values at the top level");
        }
        if (parser.nextToken() != null) {
            throw refuse("expected one YAML document, here a second one begins");
        }
        return mapping;
    }

    private YamlNode value(@Nullable JsonToken token, int depth) {
        if (depth > DEPTH_MAX) {
            throw refuse("nested more than " + DEPTH_MAX + " levels deep");
        }
        if (parser.isCurrentAlias()) {
            throw refuse("aliases (*name) are not supported");
        }
        int line = parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.START_OBJECT) {
            return new YamlNode.Mapping(entries(depth), line);
        }
        if (token == JsonToken.START_ARRAY) {
            return new YamlNode.Sequence(elements(depth), line);
        }
        if (token == null) {
            throw refuse("ends too early");
        }
        String text = parser.getString();
        return new YamlNode.Scalar(token == JsonToken.VALUE_NULL || text == null ? "" : text, line);
    }

    private SequencedMap<String, YamlNode> entries(int depth) {
        SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_OBJECT;
                token = parser.nextToken()) {
            String key = parser.currentName();
            if (key == null || entries.containsKey(key)) {
                throw refuse("the key '" + key + "' is given twice");
            }
            entries.put(key, value(parser.nextToken(), depth + 1));
        }
        return entries;
    }

    private List<YamlNode> elements(int depth) {
        List<YamlNode> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            elements.add(value(token, depth + 1));
        }
        return elements;
    }

    private ConfigException refuse(String problem) {
        return new ConfigException(place(fileName, parser.currentTokenLocation()) + ": " + problem);
    }

    private static String place(String fileName, @Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? fileName
                : fileName + ":" + location.getLineNr();
    }

    private static ConfigException notYaml(JacksonException e, String fileName) {
        String place = place(fileName, e.getLocation());
        String problem = "cannot be read";
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            // Jackson points at the start of the construct; where it breaks off is what helps.
            place =
                    marked.getProblemMark()
                            .map(mark -> fileName + ":" + (mark.getLine() + 1))
                            .orElse(place);
            problem = marked.getProblem();
        }
        return new ConfigException(place + ": not YAML: " + problem);
    }
}
