package dev.stator.core.operations;

import dev.stator.core.wire.PartitionRequest.IndexKey;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateExpression.AddAction;
import dev.stator.model.expression.UpdateExpression.SetAction;
import dev.stator.model.expression.UpdateOperand;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * What a write may give to attributes that are keys of secondary indexes: nothing, or a value of
 * the right type and length. Where several indexes are concerned, the errors name the first one by
 * name.
 */
final class IndexKeyRules {
    private IndexKeyRules() {}

    /** Checks an item that is to be put. */
    static void checkItem(TableDescriptor table, Item item) {
        for (SecondaryIndex index : byName(table)) {
            for (KeyAttribute attribute : index.keySchema().attributes()) {
                AttributeValue value = item.get(attribute.name());
                if (value != null) {
                    checkValue(index, attribute, value);
                }
            }
        }
    }

    /** Refuses an item with an empty key of an index, whatever else may be wrong with it. */
    static void refuseEmpty(TableDescriptor table, Item item) {
        for (SecondaryIndex index : byName(table)) {
            for (KeyAttribute attribute : index.keySchema().attributes()) {
                AttributeValue value = item.get(attribute.name());
                if (value != null && attribute.type().matches(value)) {
                    refuseEmpty(index, attribute, value);
                }
            }
        }
    }

    private static void checkValue(
            SecondaryIndex index, KeyAttribute attribute, AttributeValue value) {
        checkType(index, attribute, value.typeName());
        refuseEmpty(index, attribute, value);
        checkLength(index, attribute, ItemSize.of(value));
    }

    private static void refuseEmpty(
            SecondaryIndex index, KeyAttribute attribute, AttributeValue value) {
        if (ItemSize.of(value) == 0) {
            Messages.IndexKey key = new Messages.IndexKey(index.name(), attribute.name());
            throw ApiException.validation(
                    value instanceof AttributeValue.S
                            ? Messages.emptyStringIndexKey(key)
                            : Messages.emptyBinaryIndexKey(key));
        }
    }

    private static void checkLength(SecondaryIndex index, KeyAttribute attribute, int bytes) {
        if (index.keySchema().partitionKey().contains(attribute)) {
            if (bytes > KeySchema.MAX_PARTITION_KEY_BYTES) {
                throw ApiException.validation(Messages.PARTITION_KEY_TOO_LONG);
            }
        } else if (bytes > KeySchema.MAX_SORT_KEY_BYTES) {
            throw ApiException.validation(Messages.SORT_KEY_TOO_LONG);
        }
    }

    /** The keys of indexes that an update writes; it is checked again where the item is. */
    static List<IndexKey> written(TableDescriptor table, UpdateExpression update) {
        Set<String> targets = new HashSet<>();
        for (DocumentPath target : update.targets()) {
            targets.add(target.attribute());
        }
        SequencedSet<IndexKey> written = new LinkedHashSet<>();
        for (SecondaryIndex index : byName(table)) {
            for (KeyAttribute attribute : index.keySchema().attributes()) {
                if (targets.contains(attribute.name())) {
                    boolean isPartitionKey = index.keySchema().partitionKey().contains(attribute);
                    written.add(new IndexKey(attribute, isPartitionKey));
                }
            }
        }
        return List.copyOf(written);
    }

    /** Refuses an update that sets a key of an index to an empty value that it was given. */
    static void refuseEmpty(TableDescriptor table, UpdateExpression update) {
        for (SecondaryIndex index : byName(table)) {
            for (KeyAttribute attribute : index.keySchema().attributes()) {
                for (SetAction action : update.sets()) {
                    if (sets(action, attribute)
                            && action.value() instanceof UpdateOperand.Constant(var value)
                            && attribute.type().matches(value)) {
                        refuseEmpty(value);
                    }
                }
            }
        }
    }

    private static boolean sets(SetAction action, KeyAttribute attribute) {
        return action.path().isTopLevel() && action.path().attribute().equals(attribute.name());
    }

    private static void refuseEmpty(AttributeValue value) {
        if (ItemSize.of(value) == 0) {
            throw ApiException.validation(
                    value instanceof AttributeValue.S
                            ? Messages.UPDATE_TO_EMPTY_STRING_INDEX_KEY
                            : Messages.UPDATE_TO_EMPTY_BINARY_INDEX_KEY);
        }
    }

    /** Checks what can be told of an update without the item. */
    static void checkUpdate(TableDescriptor table, UpdateExpression update) {
        for (SecondaryIndex index : byName(table)) {
            for (KeyAttribute attribute : index.keySchema().attributes()) {
                checkUpdate(index, attribute, update);
            }
        }
    }

    private static void checkUpdate(
            SecondaryIndex index, KeyAttribute attribute, UpdateExpression update) {
        for (SetAction action : update.sets()) {
            if (sets(action, attribute)) {
                checkOperand(index, attribute, action.value());
            }
        }
        for (AddAction action : update.adds()) {
            if (action.path().isTopLevel() && action.path().attribute().equals(attribute.name())) {
                checkType(index, attribute, action.value().typeName());
            }
        }
    }

    private static void checkOperand(
            SecondaryIndex index, KeyAttribute attribute, UpdateOperand operand) {
        switch (operand) {
            case UpdateOperand.Constant(AttributeValue value) -> {
                checkType(index, attribute, value.typeName());
                refuseEmpty(value);
                checkLength(index, attribute, ItemSize.of(value));
            }
            case UpdateOperand.Plus ignored -> checkType(index, attribute, "N");
            case UpdateOperand.Minus ignored -> checkType(index, attribute, "N");
            case UpdateOperand.ListAppend ignored -> checkType(index, attribute, "L");
            case UpdateOperand.IfNotExists(var ignored, UpdateOperand otherwise) ->
                    checkOperand(index, attribute, otherwise);
            case UpdateOperand.Path ignored -> {}
        }
    }

    private static void checkType(SecondaryIndex index, KeyAttribute attribute, String actual) {
        if (!attribute.type().name().equals(actual)) {
            throw ApiException.validation(
                    Messages.indexKeyTypeMismatch(
                            new Messages.IndexKey(index.name(), attribute.name()),
                            attribute.type().name(),
                            actual));
        }
    }

    private static List<SecondaryIndex> byName(TableDescriptor table) {
        List<SecondaryIndex.Local> local = table.schema().localIndexes();
        List<SecondaryIndex.Global> global = table.schema().globalIndexes();
        if (local.isEmpty() && global.isEmpty()) {
            return List.of();
        }
        List<SecondaryIndex> all = new ArrayList<>(local);
        all.addAll(global);
        all.sort(Comparator.comparing(SecondaryIndex::name));
        return all;
    }
}
