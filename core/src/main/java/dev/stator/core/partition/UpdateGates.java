package dev.stator.core.partition;

import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.IndexKey;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.table.KeySchema;
import org.jspecify.annotations.Nullable;

/**
 * What an updated item must have, and an item that is put was checked for before: keys of secondary
 * indexes that can be keys, wherever in the item the update took them from.
 */
final class UpdateGates {
    private UpdateGates() {}

    /**
     * Checks what an update makes of an item.
     *
     * @throws ApiException (validation) if the item must not be stored
     */
    static void check(Change.Update change, @Nullable Item before, Item after) {
        for (IndexKey key : change.indexKeys()) {
            String name = key.attribute().name();
            AttributeValue value = after.get(name);
            if (value != null && (before == null || !value.equals(before.get(name)))) {
                checkKey(key, value);
            }
        }
    }

    private static void checkKey(IndexKey key, AttributeValue value) {
        if (!key.attribute().type().matches(value)) {
            throw ApiException.validation(Messages.UPDATE_TO_WRONG_TYPE_OF_INDEX_KEY);
        }
        int bytes = ItemSize.of(value);
        if (bytes == 0) {
            throw ApiException.validation(
                    value instanceof AttributeValue.S
                            ? Messages.UPDATE_TO_EMPTY_STRING_INDEX_KEY
                            : Messages.UPDATE_TO_EMPTY_BINARY_INDEX_KEY);
        }
        int max =
                key.isPartitionKey()
                        ? KeySchema.MAX_PARTITION_KEY_BYTES
                        : KeySchema.MAX_SORT_KEY_BYTES;
        if (bytes > max) {
            throw ApiException.validation(Messages.UPDATE_TO_TOO_LONG_INDEX_KEY);
        }
    }
}
