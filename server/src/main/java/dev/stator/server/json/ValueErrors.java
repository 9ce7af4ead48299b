package dev.stator.server.json;

import dev.stator.model.error.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The first attribute value of a request that is none. It is thrown only when everything was read,
 * for wrong JSON types and violated constraints come before it.
 */
final class ValueErrors {
    private final ValueWording wording;
    private @Nullable String first;
    private String prefix = "";
    private String suffix = "";

    ValueErrors(ValueWording wording) {
        this.wording = wording;
    }

    ValueWording wording() {
        return wording;
    }

    /** From now on values are those of ExpressionAttributeValues with the given name. */
    void enterExpressionValue(String name) {
        if (wording == ValueWording.OLDER) {
            prefix = "ExpressionAttributeValues contains invalid value: ";
            suffix = " for key " + name;
        }
    }

    /** From now on values are those of ExclusiveStartKey. */
    void enterStartKey() {
        if (wording == ValueWording.OLDER) {
            prefix = "The provided starting key is invalid: ";
        }
    }

    /** From now on values are those of an item, a key or a legacy condition. */
    void leave() {
        prefix = "";
        suffix = "";
    }

    void add(String message) {
        if (first == null) {
            first = prefix + message + suffix;
        }
    }

    void throwIfAny() {
        if (first == null) {
            return;
        }
        throw wording == ValueWording.ENVELOPED
                ? Violations.single(first)
                : ApiException.validation(first);
    }
}
