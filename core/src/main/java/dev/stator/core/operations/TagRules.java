package dev.stator.core.operations;

import dev.stator.core.operations.api.Tag;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What tags must look like (API reference, Tag). A request that breaks a rule for one tag changes
 * none.
 */
final class TagRules {
    static final int MAX_TAGS = 50;
    private static final int MAX_KEY_CHARS = 128;
    private static final int MAX_VALUE_CHARS = 256;
    private static final String RESERVED_PREFIX = "aws:";
    private static final String PUNCTUATION = "+-=._:/@";

    private TagRules() {}

    /** Tags by key, as a request gives them. */
    static SequencedMap<String, String> newTags(List<Tag> tags) {
        SequencedMap<String, String> byKey = new LinkedHashMap<>();
        for (Tag tag : tags) {
            String key = checkKey(tag.key());
            String value = tag.value();
            if (value == null || value.length() > MAX_VALUE_CHARS || !isTagText(value)) {
                throw ApiException.validation("The Tag Value provided is invalid, Value: " + value);
            }
            if (byKey.put(key, value) != null) {
                throw ApiException.validation(
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
            }
        }
        checkCount(byKey.size());
        return byKey;
    }

    /** Checks keys of tags that are to be taken away. */
    static void checkKeys(List<String> keys) {
        keys.forEach(TagRules::checkKey);
        checkCount(keys.size());
    }

    private static String checkKey(@Nullable String key) {
        if (key == null || key.isEmpty() || key.length() > MAX_KEY_CHARS || !isTagText(key)) {
            throw ApiException.validation("The Tag Key provided is invalid, Key: " + key);
        }
        if (key.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length())) {
            throw ApiException.validation("Tag Key cannot be prefixed with aws:, Key: " + key);
        }
        return key;
    }

    /** Letters, digits and spaces of any script, and a few marks. */
    private static boolean isTagText(String text) {
        return text.codePoints()
                .allMatch(c ->
                        Character.isLetter(c)
                                || Character.isDigit(c)
                                || Character.isSpaceChar(c)
                                || PUNCTUATION.indexOf(c) >= 0);
    }

    /** The table that a tagged resource is; only tables have tags. */
    static TableReference table(OperationContext context, String resourceArn) {
        TableReference reference = ResourceArns.table(resourceArn);
        if (!reference.isOfRegion(context)) {
            throw ResourceArns.malformed(resourceArn);
        }
        reference.checkControl(context);
        return reference;
    }

    static void checkCount(int count) {
        if (count > MAX_TAGS) {
            throw ApiException.validation(
                    "Number of Tags exceed the current limit for the provided ResourceArn");
        }
    }

    /** That there is no such table, in the words of the operations on tags. */
    static ApiError worded(ApiError error, String resourceArn) {
        return error instanceof ApiError.ResourceNotFound
                ? new ApiError.ResourceNotFound(
                        Messages.RESOURCE_NOT_FOUND
                                + ": ResourceArn: "
                                + resourceArn
                                + " not found")
                : error;
    }
}
