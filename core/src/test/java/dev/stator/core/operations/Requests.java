package dev.stator.core.operations;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.DeleteItemRequest;
import dev.stator.core.operations.api.ExpectedAttributeValue;
import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.ItemUpdate;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.QueryKeyCondition;
import dev.stator.core.operations.api.QueryRequest;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Makes requests for tests, with everything at its default but what is given. */
final class Requests {
    /** A table with the key (a: S). */
    static final String HASH = "HashTable";

    /**
     * A table with the key (a: S, b: S), the local indexes index1 (a, c) of everything and index2
     * (a, d) including c, and the global indexes index3 (c) of everything and index4 (c, d)
     * including e.
     */
    static final String RANGE = "RangeTable";

    private Requests() {}

    /** A cluster with the two tables. */
    static FakeCluster clusterWithTables() {
        FakeCluster cluster = new FakeCluster();
        cluster.end(createTable(HASH, "a:S").keySchema(schema("a")).build());
        cluster.end(
                createTable(RANGE, "a:S", "b:S", "c:S", "d:S")
                        .keySchema(schema("a", "b"))
                        .localSecondaryIndexes(
                                List.of(
                                        new LocalSecondaryIndex("index1", schema("a", "c"), all()),
                                        new LocalSecondaryIndex(
                                                "index2", schema("a", "d"), including("c"))))
                        .globalSecondaryIndexes(
                                List.of(
                                        globalIndex("index3", schema("c"), all()),
                                        globalIndex("index4", schema("c", "d"), including("e"))))
                        .build());
        return cluster;
    }

    /** An on-demand table; definitions are written as {@code name:type}. */
    static CreateTableRequest.Builder createTable(String name, String... definitions) {
        return new CreateTableRequest.Builder(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definitions(definitions));
    }

    static List<AttributeDefinition> definitions(String... definitions) {
        List<AttributeDefinition> made = new ArrayList<>();
        for (String definition : definitions) {
            int colon = definition.indexOf(':');
            made.add(
                    new AttributeDefinition(
                            definition.substring(0, colon),
                            ScalarType.valueOf(definition.substring(colon + 1))));
        }
        return made;
    }

    /** A partition key, and a sort key or none. */
    static List<KeySchemaElement> schema(String... names) {
        List<KeySchemaElement> schema = new ArrayList<>();
        for (String name : names) {
            schema.add(new KeySchemaElement(name, schema.isEmpty() ? KeyType.HASH : KeyType.RANGE));
        }
        return schema;
    }

    /** Elements written as {@code name:HASH} or {@code name:RANGE}. */
    static List<KeySchemaElement> elements(String... elements) {
        List<KeySchemaElement> schema = new ArrayList<>();
        for (String element : elements) {
            int colon = element.indexOf(':');
            schema.add(
                    new KeySchemaElement(
                            element.substring(0, colon),
                            KeyType.valueOf(element.substring(colon + 1))));
        }
        return schema;
    }

    static GlobalSecondaryIndex globalIndex(
            String name, List<KeySchemaElement> schema, IndexProjection projection) {
        return new GlobalSecondaryIndex(name, schema, projection, ThroughputSettings.NONE);
    }

    static IndexProjection all() {
        return new IndexProjection(Optional.of(ProjectionType.ALL), Optional.empty());
    }

    static IndexProjection keysOnly() {
        return new IndexProjection(Optional.of(ProjectionType.KEYS_ONLY), Optional.empty());
    }

    static IndexProjection including(String... names) {
        return new IndexProjection(
                Optional.of(ProjectionType.INCLUDE), Optional.of(List.of(names)));
    }

    static ExpressionAttributes attributeValues(Object... placeholdersAndValues) {
        return new ExpressionAttributes(
                Optional.empty(), Optional.of(TestItems.attributes(placeholdersAndValues)));
    }

    static ExpressionAttributes placeholders(
            SequencedMap<String, String> names, SequencedMap<String, AttributeValue> values) {
        return new ExpressionAttributes(Optional.of(names), Optional.of(values));
    }

    static WriteReturns returning(ReturnValue values) {
        return new WriteReturns(
                values, ReturnConsumedCapacity.NONE, ReturnItemCollectionMetrics.NONE);
    }

    static WriteReturns reporting(ReturnConsumedCapacity capacity) {
        return new WriteReturns(ReturnValue.NONE, capacity, ReturnItemCollectionMetrics.NONE);
    }

    static PutItemRequest put(String table, Item item) {
        return put(table, item, WriteReturns.NONE);
    }

    static PutItemRequest put(String table, Item item, WriteReturns returns) {
        return new PutItemRequest(
                table, item, WriteCondition.NONE, ExpressionAttributes.NONE, returns);
    }

    static PutItemRequest putIf(
            String table, Item item, String condition, ExpressionAttributes attributes) {
        return new PutItemRequest(
                table, item, WriteCondition.of(condition), attributes, WriteReturns.NONE);
    }

    static PutItemRequest putIf(String table, Item item, WriteCondition condition) {
        return putIf(table, item, condition, ExpressionAttributes.NONE);
    }

    static PutItemRequest putIf(
            String table, Item item, WriteCondition condition, ExpressionAttributes attributes) {
        return new PutItemRequest(table, item, condition, attributes, WriteReturns.NONE);
    }

    /** The legacy form of a condition. */
    static WriteCondition expecting(SequencedMap<String, ExpectedAttributeValue> expected) {
        return new WriteCondition(
                Optional.empty(),
                Optional.of(expected),
                Optional.empty(),
                ReturnValuesOnConditionCheckFailure.NONE);
    }

    static ExpectedAttributeValue expectedValue(AttributeValue value) {
        return new ExpectedAttributeValue(
                Optional.of(value), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static <V> SequencedMap<String, V> mapOf(String name, V value) {
        SequencedMap<String, V> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    static DeleteItemRequest delete(String table, Item key, WriteReturns returns) {
        return new DeleteItemRequest(
                table, key, WriteCondition.NONE, ExpressionAttributes.NONE, returns);
    }

    static UpdateItemRequest update(
            String table, Item key, String update, ExpressionAttributes attributes) {
        return update(table, key, update, attributes, ReturnValue.NONE);
    }

    static UpdateItemRequest update(
            String table,
            Item key,
            String update,
            ExpressionAttributes attributes,
            ReturnValue returned) {
        return new UpdateItemRequest(
                table,
                key,
                ItemUpdate.of(update),
                WriteCondition.NONE,
                attributes,
                returning(returned));
    }

    static GetItemRequest get(String table, Item key) {
        return get(table, key, ReadProjection.NONE, ExpressionAttributes.NONE);
    }

    static GetItemRequest get(
            String table, Item key, ReadProjection projection, ExpressionAttributes attributes) {
        return new GetItemRequest(
                table, key, projection, true, attributes, ReturnConsumedCapacity.NONE);
    }

    static UpdateItemRequest legacyUpdate(
            String table, Item key, SequencedMap<String, AttributeValueUpdate> updates) {
        return new UpdateItemRequest(
                table,
                key,
                new ItemUpdate(Optional.empty(), Optional.of(updates)),
                WriteCondition.NONE,
                ExpressionAttributes.NONE,
                WriteReturns.NONE);
    }

    static QueryRequest query(String table, String condition, RangeRead read) {
        return new QueryRequest(table, QueryKeyCondition.of(condition), true, read);
    }

    static QueryRequest queryBackward(String table, String condition, RangeRead read) {
        return new QueryRequest(table, QueryKeyCondition.of(condition), false, read);
    }

    static ScanRequest scan(String table, RangeRead read) {
        return new ScanRequest(table, OptionalInt.empty(), OptionalInt.empty(), read);
    }

    static ScanRequest scan(String table, int segment, int totalSegments, RangeRead read) {
        return new ScanRequest(table, OptionalInt.of(segment), OptionalInt.of(totalSegments), read);
    }

    static RangeRead.Builder read(Object... placeholdersAndValues) {
        RangeRead.Builder read = new RangeRead.Builder();
        return placeholdersAndValues.length == 0
                ? read
                : read.expressionAttributes(attributeValues(placeholdersAndValues));
    }
}
