package dev.stator.server.json;

import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first attribute value of a request that is none. It is thrown only when everything was read,
 * for wrong JSON types and violated constraints come before it.
 */
final class ValueErrors {
    static final String EMPTY_NAME = "Empty attribute name";

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

    /** The first one since it was last asked for, which is no longer held against the request. */
    Optional<String> take() {
        Optional<String> taken = Optional.ofNullable(first);
        first = null;
        return taken;
    }

    /** The same for an item that was just read: an empty name is worse than all its values. */
    Optional<String> takeOf(Item item) {
        Optional<String> taken = take();
        return item.get("") == null ? taken : Optional.of(EMPTY_NAME);
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
