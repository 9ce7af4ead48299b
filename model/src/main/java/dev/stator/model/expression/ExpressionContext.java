package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.ItemSize;
import dev.stator.model.Utf8;
import dev.stator.model.error.ApiException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders that the expressions of one request share: ExpressionAttributeNames and
 * ExpressionAttributeValues. It remembers which ones were used; when every expression of the
 * request has been parsed, {@link #refuseUnused} reports the others. For one request and one
 * thread.
 */
public final class ExpressionContext {
    /** The longest placeholder, {@code #} or {@code :} included. */
    private static final int MAX_PLACEHOLDER_BYTES = 255;

    private static final int MAX_NAME_BYTES = 65_535;

    /** All placeholders of a request together with their names, and with their values. */
    private static final int MAX_MAP_BYTES = 2 * 1024 * 1024;

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;

    private ExpressionContext(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
        unusedNames = names.isEmpty() ? Set.of() : new LinkedHashSet<>(names.keySet());
        unusedValues = values.isEmpty() ? Set.of() : new LinkedHashSet<>(values.keySet());
    }

    /** For a request without placeholders. */
    public static ExpressionContext empty() {
        return new ExpressionContext(Map.of(), Map.of());
    }

    /**
     * Checks the placeholders themselves; the values have been checked when they were read.
     *
     * @throws ApiException (validation) if a map is empty, or a placeholder or name is not allowed
     */
    public static ExpressionContext of(
            Optional<SequencedMap<String, String>> names,
            Optional<SequencedMap<String, AttributeValue>> values) {
        names.ifPresent(ExpressionContext::checkNames);
        values.ifPresent(ExpressionContext::checkValues);
        return new ExpressionContext(
                names.orElseGet(LinkedHashMap::new), values.orElseGet(LinkedHashMap::new));
    }

    private static void checkNames(SequencedMap<String, String> names) {
        if (names.isEmpty()) {
            throw ApiException.validation("ExpressionAttributeNames must not be empty");
        }
        long bytes = 0;
        for (Map.Entry<String, String> entry : names.entrySet()) {
            checkPlaceholder("ExpressionAttributeNames", '#', entry.getKey());
            checkName(entry.getKey(), entry.getValue());
            bytes += Utf8.length(entry.getKey()) + Utf8.length(entry.getValue());
        }
        if (bytes > MAX_MAP_BYTES) {
            throw ApiException.validation("ExpressionAttributeNames exceeds max size");
        }
    }

    private static void checkName(String placeholder, String name) {
        String problem = null;
        if (name.isEmpty()) {
            problem = "Empty attribute name";
        } else if (Utf8.length(name) > MAX_NAME_BYTES) {
            problem = "Attribute name is too large, must be less than 65536 bytes";
        }
        if (problem != null) {
            throw ApiException.validation(
                    "ExpressionAttributeNames contains invalid value: "
                            + problem
                            + " for key "
                            + placeholder);
        }
    }

    private static void checkValues(SequencedMap<String, AttributeValue> values) {
        if (values.isEmpty()) {
            throw ApiException.validation("ExpressionAttributeValues must not be empty");
        }
        long bytes = 0;
        for (Map.Entry<String, AttributeValue> entry : values.entrySet()) {
            checkPlaceholder("ExpressionAttributeValues", ':', entry.getKey());
            bytes += Utf8.length(entry.getKey()) + ItemSize.of(entry.getValue());
        }
        if (bytes > MAX_MAP_BYTES) {
            throw ApiException.validation("ExpressionAttributeValues exceeds max size");
        }
    }

    private static void checkPlaceholder(String parameter, char sign, String placeholder) {
        String problem = null;
        if (!isPlaceholder(sign, placeholder)) {
            problem = "Syntax error; key: \"" + placeholder + '"';
        } else if (placeholder.length() > MAX_PLACEHOLDER_BYTES) {
            problem =
                    "The expression attribute map contains a key that is too long; size of key: "
                            + placeholder.length();
        }
        if (problem != null) {
            throw ApiException.validation(parameter + " contains invalid key: " + problem);
        }
    }

    private static boolean isPlaceholder(char sign, String text) {
        if (text.length() < 2 || text.charAt(0) != sign) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!Tokens.isWordPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The attribute name behind {@code #placeholder}, or null if it is not defined. */
    @Nullable String name(String placeholder) {
        String name = names.get(placeholder);
        if (name != null) {
            unusedNames.remove(placeholder);
        }
        return name;
    }

    /** The value behind {@code :placeholder}, or null if it is not defined. */
    @Nullable AttributeValue value(String placeholder) {
        AttributeValue value = values.get(placeholder);
        if (value != null) {
            unusedValues.remove(placeholder);
        }
        return value;
    }

    /**
     * To be called when all expressions of the request have been parsed.
     *
     * @throws ApiException (validation) if no expression used some placeholder
     */
    public void refuseUnused() {
        refuseUnused("ExpressionAttributeNames", unusedNames);
        refuseUnused("ExpressionAttributeValues", unusedValues);
    }

    private static void refuseUnused(String parameter, Set<String> unused) {
        if (unused.isEmpty()) {
            return;
        }
        StringBuilder keys = new StringBuilder();
        for (Iterator<String> i = unused.iterator(); i.hasNext(); ) {
            keys.append(i.next()).append(i.hasNext() ? ", " : "");
        }
        throw ApiException.validation(
                "Value provided in " + parameter + " unused in expressions: keys: {" + keys + '}');
    }
}
