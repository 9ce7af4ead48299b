package dev.stator.core.partition;

import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.IndexKey;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateOperand;
import dev.stator.model.table.KeySchema;
import org.jspecify.annotations.Nullable;

/**
 * What an updated item must be, and an item that is put need not: of a size that leaves room for
 * the update itself (unless a statement updates it), and with keys of secondary indexes that can be
 * keys, wherever in the item the update took them from.
 */
final class UpdateGates {
    /*
     * What the service counts beside the item, found by bisecting the size at which it refuses
     * updates (October 2026, eu-west-2). Key attributes are not counted in this sum.
     */
    private static final int BYTES_OF_UPDATE = 3;
    private static final int BYTES_OF_WRITING_ACTION = 19;
    private static final int BYTES_OF_CLEARING_ACTION = 2;
    private static final int BYTES_OF_LIST_INDEX = 1;
    private static final int BYTES_OF_ARITHMETIC = 50;

    private UpdateGates() {}

    /**
     * Checks what an update makes of an item.
     *
     * @param sized whether room must be left for the update itself
     * @throws ApiException (validation) if the item must not be stored
     */
    static void check(Change.Update change, @Nullable Item before, Item after, boolean sized) {
        if (sized && change.update().origin() != UpdateExpression.Origin.STATEMENT) {
            checkSize(change, after);
        }
        for (IndexKey key : change.indexKeys()) {
            String name = key.attribute().name();
            AttributeValue value = after.get(name);
            if (value != null && (before == null || !value.equals(before.get(name)))) {
                checkKey(key, value);
            }
        }
    }

    private static void checkSize(Change.Update change, Item after) {
        long bytes =
                (long) ItemSize.of(after)
                        - ItemSize.of(change.key())
                        + overheadBytes(change.update());
        if (bytes > ItemSize.MAX_ITEM_BYTES) {
            throw ApiException.validation(Messages.UPDATED_ITEM_TOO_LARGE);
        }
    }

    private static long overheadBytes(UpdateExpression update) {
        long bytes = BYTES_OF_UPDATE;
        bytes += (long) BYTES_OF_WRITING_ACTION * (update.sets().size() + update.adds().size());
        bytes +=
                (long) BYTES_OF_CLEARING_ACTION
                        * (update.removes().size() + update.deletes().size());
        for (UpdateExpression.SetAction action : update.sets()) {
            if (action.path().endsWithIndex()) {
                bytes += BYTES_OF_LIST_INDEX;
            }
            if (action.value() instanceof UpdateOperand.Plus
                    || action.value() instanceof UpdateOperand.Minus) {
                bytes += BYTES_OF_ARITHMETIC;
            }
        }
        return bytes;
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
