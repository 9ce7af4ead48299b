package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.Throughput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Makes the tables of the cluster of what requests say, after the rules have been checked. */
final class TableConversion {
    private TableConversion() {}

    static SequencedMap<String, ScalarType> definitions(List<AttributeDefinition> definitions) {
        SequencedMap<String, ScalarType> types = new LinkedHashMap<>();
        for (AttributeDefinition definition : definitions) {
            types.put(definition.attributeName(), definition.attributeType());
        }
        return types;
    }

    static KeySchema keySchema(List<KeySchemaElement> schema, Map<String, ScalarType> definitions) {
        KeyAttribute partitionKey = attribute(schema.getFirst().attributeName(), definitions);
        return schema.size() == 1
                ? KeySchema.of(partitionKey)
                : new KeySchema(
                        partitionKey, attribute(schema.getLast().attributeName(), definitions));
    }

    static SecondaryIndex.Local localIndex(
            LocalSecondaryIndex index, Map<String, ScalarType> definitions) {
        return new SecondaryIndex.Local(
                index.indexName(),
                indexKey(index.keySchema(), definitions),
                projection(index.projection()));
    }

    static SecondaryIndex.Global globalIndex(
            GlobalSecondaryIndex index,
            Map<String, ScalarType> definitions,
            SecondaryIndex.State state,
            Throughput throughput) {
        return new SecondaryIndex.Global(
                index.indexName(),
                indexKey(index.keySchema(), definitions),
                projection(index.projection()),
                state,
                throughput);
    }

    private static IndexKeySchema indexKey(
            List<KeySchemaElement> schema, Map<String, ScalarType> definitions) {
        return new IndexKeySchema(
                attributes(KeySchemaRules.namesOf(schema, KeyType.HASH), definitions),
                attributes(KeySchemaRules.namesOf(schema, KeyType.RANGE), definitions));
    }

    private static List<KeyAttribute> attributes(
            List<String> names, Map<String, ScalarType> definitions) {
        List<KeyAttribute> attributes = new ArrayList<>(names.size());
        for (String name : names) {
            attributes.add(attribute(name, definitions));
        }
        return attributes;
    }

    private static KeyAttribute attribute(String name, Map<String, ScalarType> definitions) {
        return new KeyAttribute(name, Objects.requireNonNull(definitions.get(name), name));
    }

    private static IndexProjection projection(
            dev.stator.core.operations.api.IndexProjection projection) {
        return new IndexProjection(
                projection.projectionType().orElseThrow(),
                projection.nonKeyAttributes().orElse(List.of()));
    }
}
