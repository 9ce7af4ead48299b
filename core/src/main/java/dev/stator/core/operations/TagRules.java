package dev.stator.core.operations;

import dev.stator.core.operations.api.Tag;
import dev.stator.model.error.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What tags must look like (API reference, Tag). */
final class TagRules {
    static final int MAX_TAGS = 50;
    private static final String RESERVED_PREFIX = "aws:";

    private TagRules() {}

    /** Tags by key, as a request gives them. */
    static SequencedMap<String, String> newTags(List<Tag> tags) {
        SequencedMap<String, String> byKey = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (tag.key().startsWith(RESERVED_PREFIX)) {
                throw ApiException.validation(
                        "Tag Key cannot be prefixed with aws:, Key: " + tag.key());
            }
            if (byKey.put(tag.key(), tag.value()) != null) {
                throw ApiException.validation(
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found "
                                + tag.key());
            }
        }
        checkCount(byKey.size());
        return byKey;
    }

    /** The table that a tagged resource is; only tables have tags. */
    static String tableName(OperationContext context, String resourceArn) {
        if (!resourceArn.startsWith("arn:")) {
            throw Refusal.invalid("ARNs must start with 'arn:': " + resourceArn);
        }
        TableReference reference = TableReference.parse(resourceArn);
        if (!reference.isOf(context.accountId())) {
            throw Refusal.noSuchTable(reference.name());
        }
        return reference.name();
    }

    static void checkCount(int count) {
        if (count > MAX_TAGS) {
            throw ApiException.validation(
                    "Number of Tags exceed the current limit for the provided ResourceArn");
        }
    }
}
