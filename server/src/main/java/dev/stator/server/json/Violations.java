package dev.stator.server.json;

import dev.stator.model.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of the service model that a request violates, in the order in which the service
 * names them. Up to ten are named in one message.
 */
final class Violations {
    private static final int REPORTED_MAX = 10;

    /** A value is echoed up to here, so that the answer to a huge value is not as huge. */
    private static final int ECHOED_CHARS_MAX = 8192;

    private @Nullable List<String> texts;

    /** A value does not satisfy a constraint. */
    void add(@Nullable String value, String path, String constraint) {
        String shown = value == null ? "null" : "'" + shortened(value) + "'";
        add("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    /** A required member is absent. */
    void addNull(String path) {
        add(null, path, "Member must not be null");
    }

    /** A violation that the service words in another way. */
    void add(String text) {
        if (texts == null) {
            texts = new ArrayList<>();
        }
        texts.add(text);
    }

    /** Those of a nested member take their place here. */
    void addAll(@Nullable Violations nested) {
        if (nested != null && nested.texts != null) {
            nested.texts.forEach(this::add);
        }
    }

    boolean isEmpty() {
        return texts == null;
    }

    void throwIfAny() {
        if (texts != null) {
            throw refusal(texts.subList(0, Math.min(texts.size(), REPORTED_MAX)));
        }
    }

    /** The refusal of a request for a single violation, where the service looks no further. */
    static ApiException single(String text) {
        return refusal(List.of(text));
    }

    private static ApiException refusal(List<String> texts) {
        String plural = texts.size() == 1 ? "" : "s";
        return ApiException.validation(
                texts.size()
                        + " validation error"
                        + plural
                        + " detected: "
                        + String.join("; ", texts));
    }

    private static String shortened(String value) {
        if (value.length() <= ECHOED_CHARS_MAX) {
            return value;
        }
        boolean splitsPair = Character.isHighSurrogate(value.charAt(ECHOED_CHARS_MAX - 1));
        return value.substring(0, splitsPair ? ECHOED_CHARS_MAX - 1 : ECHOED_CHARS_MAX);
    }
}
