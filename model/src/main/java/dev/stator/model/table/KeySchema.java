package dev.stator.model.table;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.Utf8;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.key.PlacementKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table, and the rules for it.
 *
 * @param partitionKey the HASH attribute
 * @param sortKey the RANGE attribute, if the table has one
 */
public record KeySchema(KeyAttribute partitionKey, @Nullable KeyAttribute sortKey) {
    public static final int MAX_PARTITION_KEY_BYTES = 2_048;
    public static final int MAX_SORT_KEY_BYTES = 1_024;

    public static KeySchema of(KeyAttribute partitionKey) {
        return new KeySchema(partitionKey, null);
    }

    /** The names of the key attributes, partition key first. */
    public List<String> names() {
        return sortKey == null
                ? List.of(partitionKey.name())
                : List.of(partitionKey.name(), sortKey.name());
    }

    public boolean isKey(String attribute) {
        return attribute.equals(partitionKey.name())
                || (sortKey != null && attribute.equals(sortKey.name()));
    }

    /**
     * Checks what a request gives as the key of an item: exactly the key attributes, with their
     * types.
     *
     * @throws ApiException (validation)
     */
    public void validateKey(Item key) {
        if (key.attributes().size() != (sortKey == null ? 1 : 2)) {
            throw ApiException.validation(Messages.KEY_SCHEMA_MISMATCH);
        }
        validateKeyAttribute(key, partitionKey);
        if (sortKey != null) {
            validateKeyAttribute(key, sortKey);
        }
    }

    private void validateKeyAttribute(Item key, KeyAttribute attribute) {
        AttributeValue value = key.get(attribute.name());
        if (value == null || !attribute.type().matches(value)) {
            throw ApiException.validation(Messages.KEY_SCHEMA_MISMATCH);
        }
        validateContent(attribute, value);
    }

    /**
     * Checks the key attributes of a whole item that is to be put.
     *
     * @throws ApiException (validation)
     */
    public void validateItem(Item item) {
        validateItemAttribute(item, partitionKey, false);
        if (sortKey != null) {
            validateItemAttribute(item, sortKey, false);
        }
    }

    /**
     * As {@link #validateItem}, with the words of BatchWriteItem, which does not say what is wrong
     * with which attribute.
     *
     * @throws ApiException (validation)
     */
    public void validateItemOfBatch(Item item) {
        validateItemAttribute(item, partitionKey, true);
        if (sortKey != null) {
            validateItemAttribute(item, sortKey, true);
        }
    }

    private void validateItemAttribute(Item item, KeyAttribute attribute, boolean ofBatch) {
        AttributeValue value = item.get(attribute.name());
        if (value == null) {
            throw ApiException.validation(
                    ofBatch ? Messages.KEY_SCHEMA_MISMATCH : Messages.missingKey(attribute.name()));
        }
        if (!attribute.type().matches(value)) {
            throw ApiException.validation(
                    ofBatch
                            ? Messages.KEY_SCHEMA_MISMATCH
                            : Messages.keyTypeMismatch(
                                    attribute.name(), attribute.type().name(), value.typeName()));
        }
        validateContent(attribute, value);
    }

    /**
     * Refuses key attributes that have the right type and are empty; whatever else may be wrong
     * with them is not looked at.
     *
     * @param keyed a key, or an item
     * @throws ApiException (validation)
     */
    public void refuseEmpty(Item keyed) {
        refuseEmpty(partitionKey, keyed);
        if (sortKey != null) {
            refuseEmpty(sortKey, keyed);
        }
    }

    private static void refuseEmpty(KeyAttribute attribute, Item keyed) {
        AttributeValue value = keyed.get(attribute.name());
        if (value != null && attribute.type().matches(value)) {
            refuseEmpty(attribute, bytes(value));
        }
    }

    private static void refuseEmpty(KeyAttribute attribute, int bytes) {
        if (bytes == 0) {
            throw ApiException.validation(
                    attribute.type() == ScalarType.S
                            ? Messages.emptyStringKey(attribute.name())
                            : Messages.emptyBinaryKey(attribute.name()));
        }
    }

    /** Numbers are never empty, nor too long. */
    private static int bytes(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(String text) -> Utf8.length(text);
            case AttributeValue.B(Bytes content) -> content.size();
            default -> 1;
        };
    }

    /** Neither empty nor too long. */
    private void validateContent(KeyAttribute attribute, AttributeValue value) {
        int bytes = bytes(value);
        refuseEmpty(attribute, bytes);
        boolean isPartitionKey = attribute.equals(partitionKey);
        if (isPartitionKey && bytes > MAX_PARTITION_KEY_BYTES) {
            throw ApiException.validation(Messages.PARTITION_KEY_TOO_LONG);
        }
        if (!isPartitionKey && bytes > MAX_SORT_KEY_BYTES) {
            throw ApiException.validation(Messages.SORT_KEY_TOO_LONG);
        }
    }

    /** The key attributes alone, of an item that has them. */
    public Item keyOf(Item item) {
        AttributesBuilder key = new AttributesBuilder(2);
        key.put(partitionKey.name(), require(item, partitionKey));
        if (sortKey != null) {
            key.put(sortKey.name(), require(item, sortKey));
        }
        return key.toItem();
    }

    /** Where an item is placed that has the key attributes. */
    public PlacementKey placementKey(Item item) {
        AttributeValue partition = require(item, partitionKey);
        return sortKey == null
                ? PlacementKey.of(partition)
                : PlacementKey.of(partition, require(item, sortKey));
    }

    private static AttributeValue require(Item item, KeyAttribute attribute) {
        AttributeValue value = item.get(attribute.name());
        if (value == null || !attribute.type().matches(value)) {
            throw new IllegalArgumentException("no key attribute " + attribute + " in an item");
        }
        return value;
    }
}
