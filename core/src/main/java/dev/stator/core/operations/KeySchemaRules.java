package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.IndexKeySchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * What key schemas must look like (API reference, CreateTable: KeySchema, AttributeDefinitions).
 * The rules are checked in the order in which the service reports them.
 */
final class KeySchemaRules {
    private final SequencedSet<String> defined = new LinkedHashSet<>();
    private final SequencedSet<String> used = new LinkedHashSet<>();

    KeySchemaRules(List<AttributeDefinition> definitions) {
        for (AttributeDefinition definition : definitions) {
            if (!defined.add(definition.attributeName())) {
                throw ApiException.validation(
                        "Attribute Name is duplicated: " + definition.attributeName());
            }
        }
    }

    /** Checks the key schema of the table: a partition key, and a sort key or none. */
    void checkTable(List<KeySchemaElement> schema) {
        if (schema.size() > defined.size()) {
            throw ApiException.validation(
                    "Invalid KeySchema: Some index key attribute have no definition");
        }
        checkPartitionAndSortKey(schema);
    }

    /** Checks that an index has a partition key, and a sort key or none. */
    void checkPartitionAndSortKey(List<KeySchemaElement> schema) {
        checkDefined(schema);
        checkFirstIsPartitionKey(schema);
        if (schema.size() > 1) {
            checkDifferent(schema);
            if (schema.get(1).keyType() != KeyType.RANGE) {
                throw ApiException.validation(
                        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
            }
        }
    }

    /** Checks the key schema of a global secondary index: up to four attributes for each key. */
    void checkGlobalIndex(List<KeySchemaElement> schema) {
        checkDefined(schema);
        checkFirstIsPartitionKey(schema);
        checkDifferent(schema);
        boolean sortKeyBegun = false;
        for (KeySchemaElement element : schema) {
            if (sortKeyBegun && element.keyType() == KeyType.HASH) {
                throw Refusal.invalid(
                        "All HASH key attributes must precede RANGE key attributes in the"
                                + " KeySchema");
            }
            sortKeyBegun |= element.keyType() == KeyType.RANGE;
        }
        for (KeyType type : KeyType.values()) {
            if (namesOf(schema, type).size() > IndexKeySchema.MAX_ATTRIBUTES) {
                throw Refusal.invalid(
                        "The KeySchema exceeds the maximum allowed number of "
                                + type
                                + " key attributes");
            }
        }
    }

    /** Checks that no attribute is defined in vain, after all schemas have been checked. */
    void checkAllUsed(boolean hasIndexes) {
        if (used.containsAll(defined)) {
            return;
        }
        throw Refusal.invalid(
                hasIndexes
                        ? "Some AttributeDefinitions are not used. AttributeDefinitions: "
                                + defined
                                + ", keys used: "
                                + used
                        : "Number of attributes in KeySchema does not exactly match number of"
                                + " attributes defined in AttributeDefinitions");
    }

    static List<String> namesOf(List<KeySchemaElement> schema, KeyType type) {
        List<String> names = new ArrayList<>();
        for (KeySchemaElement element : schema) {
            if (element.keyType() == type) {
                names.add(element.attributeName());
            }
        }
        return names;
    }

    /** Checks that the attributes of a key schema are defined. */
    void checkDefined(List<KeySchemaElement> schema) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (KeySchemaElement element : schema) {
            names.add(element.attributeName());
        }
        if (!defined.containsAll(names)) {
            throw Refusal.invalid(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: "
                            + names
                            + ", AttributeDefinitions: "
                            + defined);
        }
        used.addAll(names);
    }

    private static void checkFirstIsPartitionKey(List<KeySchemaElement> schema) {
        if (schema.isEmpty() || schema.getFirst().keyType() != KeyType.HASH) {
            throw ApiException.validation(
                    "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
    }

    private static void checkDifferent(List<KeySchemaElement> schema) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (KeySchemaElement element : schema) {
            if (!names.add(element.attributeName())) {
                throw ApiException.validation(
                        schema.size() == 2
                                ? "Both the Hash Key and the Range Key element in the KeySchema"
                                        + " have the same name"
                                : "The KeySchema contains multiple key attributes with the same"
                                        + " name");
            }
        }
    }
}
