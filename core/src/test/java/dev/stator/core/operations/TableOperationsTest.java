package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.all;
import static dev.stator.core.operations.Requests.createTable;
import static dev.stator.core.operations.Requests.elements;
import static dev.stator.core.operations.Requests.globalIndex;
import static dev.stator.core.operations.Requests.including;
import static dev.stator.core.operations.Requests.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.BillingModeSummary;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.DeleteTableRequest;
import dev.stator.core.operations.api.DeleteTableResponse;
import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.DescribeTableResponse;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableDescription;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.Tag;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.WarmThroughputDescription;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.StreamViewType;
import dev.stator.model.table.TableClass;
import dev.stator.model.table.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableOperationsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final FakeCluster cluster = new FakeCluster();

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedTables")
    void createTableRefuses(CreateTableRequest request, String message) {
        assertThat(cluster.refuse(request)).isEqualTo(new ApiError.Validation(message));
        assertThat(cluster.tables).isEmpty();
    }

    static List<Arguments> refusedTables() {
        List<Arguments> cases = new ArrayList<>();
        cases.addAll(refusedKeySchemas());
        cases.addAll(refusedThroughputs());
        cases.addAll(refusedLocalIndexes());
        cases.addAll(refusedGlobalIndexes());
        cases.addAll(refusedOptions());
        return cases;
    }

    private static List<Arguments> refusedKeySchemas() {
        return List.of(
                refused(
                        createTable("abc", "pk:S").keySchema(elements("pk:HASH", "pk:RANGE")),
                        "Invalid KeySchema: Some index key attribute have no definition"),
                refused(
                        createTable("abc", "b:S").keySchema(schema("a")),
                        INVALID
                                + "Some index key attributes are not defined in"
                                + " AttributeDefinitions. Keys: [a], AttributeDefinitions: [b]"),
                refused(
                        createTable("abc", "b:S").keySchema(schema("a", "b")),
                        "Invalid KeySchema: Some index key attribute have no definition"),
                refused(
                        createTable("abc", "a:S", "b:S").keySchema(elements("a:HASH", "a:HASH")),
                        "Both the Hash Key and the Range Key element in the KeySchema have the"
                                + " same name"),
                refused(
                        createTable("abc", "a:S", "b:S").keySchema(elements("a:HASH", "b:HASH")),
                        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"),
                refused(
                        createTable("abc", "a:S", "b:S").keySchema(elements("a:RANGE", "b:HASH")),
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
                refused(
                        createTable("abc", "a:S", "b:S").keySchema(schema("a")),
                        INVALID
                                + "Number of attributes in KeySchema does not exactly match number"
                                + " of attributes defined in AttributeDefinitions"),
                refused(
                        createTable("abc", "a:S", "a:N").keySchema(schema("a")),
                        "Attribute Name is duplicated: a"));
    }

    private static List<Arguments> refusedThroughputs() {
        return List.of(
                refused(
                        onDemand().throughput(provisioned(5, 5)),
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be"
                                + " specified when BillingMode is PAY_PER_REQUEST"),
                refused(
                        onDemand().billingMode(BillingMode.PROVISIONED),
                        INVALID
                                + "ReadCapacityUnits and WriteCapacityUnits must both be specified"
                                + " when BillingMode is PROVISIONED"),
                refused(
                        onDemand()
                                .billingMode(BillingMode.PROVISIONED)
                                .throughput(provisioned(1_000_000_000_001L, 1)),
                        "Given value 1000000000001 for ReadCapacityUnits is out of bounds"),
                refused(
                        onDemand()
                                .billingMode(BillingMode.PROVISIONED)
                                .throughput(provisioned(1, 1_000_000_000_001L)),
                        "Given value 1000000000001 for WriteCapacityUnits is out of bounds"),
                refused(
                        onDemand().throughput(limits(0, 5)),
                        INVALID
                                + "Requested MaxReadRequestUnits for OnDemandThroughput for table"
                                + " is outside of valid range"),
                refused(
                        onDemand()
                                .billingMode(BillingMode.PROVISIONED)
                                .throughput(
                                        new ThroughputSettings(
                                                Optional.of(new ProvisionedThroughput(1, 1)),
                                                Optional.of(
                                                        new OnDemandThroughput(
                                                                OptionalLong.of(5),
                                                                OptionalLong.empty())),
                                                Optional.empty())),
                        INVALID
                                + "MaxReadRequestUnits for OnDemandThroughput cannot be specified"
                                + " when table BillingMode is PROVISIONED."));
    }

    private static List<Arguments> refusedLocalIndexes() {
        LocalSecondaryIndex good = new LocalSecondaryIndex("abc", schema("a", "b"), all());
        return List.of(
                refused(
                        createTable("abc", "a:S", "b:S")
                                .keySchema(schema("a"))
                                .localSecondaryIndexes(List.of()),
                        INVALID + "List of LocalSecondaryIndexes is empty"),
                refused(
                        createTable("abc", "a:S", "b:S")
                                .keySchema(schema("a"))
                                .localSecondaryIndexes(List.of(good)),
                        INVALID
                                + "Table KeySchema does not have a range key, which is required"
                                + " when specifying a LocalSecondaryIndex"),
                refused(
                        withLocal(new LocalSecondaryIndex("abc", schema("a", "c"), all())),
                        INVALID
                                + "Some index key attributes are not defined in"
                                + " AttributeDefinitions. Keys: [a, c], AttributeDefinitions: [a,"
                                + " b]"),
                refused(
                        withLocal(new LocalSecondaryIndex("abc", elements("a:RANGE"), all())),
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
                refused(
                        withLocal(
                                new LocalSecondaryIndex(
                                        "abc", elements("a:HASH", "a:HASH"), all())),
                        "Both the Hash Key and the Range Key element in the KeySchema have the"
                                + " same name"),
                refused(
                        withLocal(new LocalSecondaryIndex("abc", schema("b"), all())),
                        INVALID + "Index KeySchema does not have a range key for index: abc"),
                refused(
                        withLocal(new LocalSecondaryIndex("abc", schema("b", "a"), all())),
                        INVALID
                                + "Index KeySchema does not have the same leading hash key as"
                                + " table KeySchema for index: abc. index hash key: b, table hash"
                                + " key: a"),
                refused(
                        withLocal(
                                new LocalSecondaryIndex(
                                        "abc",
                                        schema("a", "b"),
                                        new IndexProjection(Optional.empty(), Optional.empty()))),
                        INVALID + "Unknown ProjectionType: null"),
                refused(withLocal(good, good), INVALID + "Duplicate index name: abc"),
                refused(
                        withLocal(
                                IntStream.range(0, 6)
                                        .mapToObj(i ->
                                                new LocalSecondaryIndex(
                                                        "abc" + i, schema("a", "b"), all()))
                                        .toArray(LocalSecondaryIndex[]::new)),
                        INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5"));
    }

    private static List<Arguments> refusedGlobalIndexes() {
        List<KeySchemaElement> tooMany = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tooMany.add(new KeySchemaElement("k" + i, KeyType.HASH));
        }
        return List.of(
                refused(
                        createTable("abc", "a:S", "b:S")
                                .keySchema(schema("a"))
                                .globalSecondaryIndexes(List.of()),
                        INVALID + "List of GlobalSecondaryIndexes is empty"),
                refused(
                        withGlobal(globalIndex("abc", schema("c"), all())),
                        INVALID
                                + "Some index key attributes are not defined in"
                                + " AttributeDefinitions. Keys: [c], AttributeDefinitions: [a, b]"),
                refused(
                        withGlobal(globalIndex("abc", elements("b:RANGE"), all())),
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
                refused(
                        withGlobal(
                                globalIndex("abc", elements("a:HASH", "b:RANGE", "a:HASH"), all())),
                        "The KeySchema contains multiple key attributes with the same name"),
                refused(
                        createTable("abc", "a:S", "b:S", "c:S")
                                .keySchema(schema("a"))
                                .globalSecondaryIndexes(
                                        List.of(
                                                globalIndex(
                                                        "abc",
                                                        elements("a:HASH", "b:RANGE", "c:HASH"),
                                                        all()))),
                        INVALID
                                + "All HASH key attributes must precede RANGE key attributes in"
                                + " the KeySchema"),
                refused(
                        createTable("abc", "a:S", "k0:S", "k1:S", "k2:S", "k3:S", "k4:S")
                                .keySchema(schema("a"))
                                .globalSecondaryIndexes(
                                        List.of(globalIndex("abc", tooMany, all()))),
                        INVALID
                                + "The KeySchema exceeds the maximum allowed number of HASH key"
                                + " attributes"),
                refused(
                        withGlobal(
                                globalIndex(
                                        "abc",
                                        schema("b"),
                                        new IndexProjection(
                                                Optional.of(ProjectionType.INCLUDE),
                                                Optional.empty()))),
                        INVALID
                                + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"),
                refused(
                        withGlobal(
                                globalIndex(
                                        "abc",
                                        schema("b"),
                                        new IndexProjection(
                                                Optional.of(ProjectionType.KEYS_ONLY),
                                                Optional.of(List.of("x"))))),
                        INVALID + "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"),
                refused(
                        withGlobal(globalIndex("abc", schema("b"), including("x", "x"))),
                        INVALID + "Duplicate element in NonKeyAttributes: x"),
                refused(
                        createTable("abc", "a:S", "b:S", "z:S")
                                .keySchema(schema("a"))
                                .globalSecondaryIndexes(
                                        List.of(globalIndex("abc", schema("b"), all()))),
                        INVALID
                                + "Some AttributeDefinitions are not used. AttributeDefinitions:"
                                + " [a, b, z], keys used: [a, b]"),
                refused(
                        withGlobal(
                                IntStream.range(0, 21)
                                        .mapToObj(i -> globalIndex("abc" + i, schema("b"), all()))
                                        .toArray(GlobalSecondaryIndex[]::new)),
                        INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20"),
                refused(
                        createTable("abc", "a:S", "b:S")
                                .keySchema(schema("a", "b"))
                                .localSecondaryIndexes(
                                        List.of(
                                                new LocalSecondaryIndex(
                                                        "abc", schema("a", "b"), all())))
                                .globalSecondaryIndexes(
                                        List.of(globalIndex("abc", schema("b"), all()))),
                        INVALID + "Duplicate index name: abc"),
                refused(
                        withGlobal(
                                new GlobalSecondaryIndex(
                                        "abc", schema("b"), all(), provisioned(1, 1))),
                        INVALID
                                + "ProvisionedThroughput should not be specified for index: abc"
                                + " when BillingMode is PAY_PER_REQUEST"),
                refused(
                        withGlobal(globalIndex("abc", schema("b"), all()))
                                .billingMode(BillingMode.PROVISIONED)
                                .throughput(provisioned(1, 1)),
                        INVALID + "ProvisionedThroughput is not specified for index: abc"));
    }

    private static List<Arguments> refusedOptions() {
        List<Tag> tooMany = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            tooMany.add(new Tag("k" + i, "v"));
        }
        return List.of(
                refused(
                        onDemand().options(stream(false, Optional.of(StreamViewType.NEW_IMAGE))),
                        INVALID
                                + "Table is being created with a stream disabled, UpdateViewType"
                                + " should not be specified"),
                refused(
                        onDemand().options(stream(true, Optional.of(StreamViewType.NEW_IMAGE))),
                        INVALID + "StreamSpecification is not supported by this server"),
                refused(
                        onDemand().otherMembers(List.of("VectorIndexes")),
                        INVALID + "VectorIndexes is not supported by this server"),
                refused(
                        onDemand().tags(List.of(new Tag("k", "1"), new Tag("k", "2"))),
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found k"),
                refused(
                        onDemand().tags(tooMany),
                        "Number of Tags exceed the current limit for the provided ResourceArn"));
    }

    private static Arguments refused(CreateTableRequest.Builder request, String message) {
        return Arguments.of(request.build(), message);
    }

    private static CreateTableRequest.Builder onDemand() {
        return createTable("abc", "a:S").keySchema(schema("a"));
    }

    private static CreateTableRequest.Builder withLocal(LocalSecondaryIndex... indexes) {
        return createTable("abc", "a:S", "b:S")
                .keySchema(schema("a", "b"))
                .localSecondaryIndexes(List.of(indexes));
    }

    private static CreateTableRequest.Builder withGlobal(GlobalSecondaryIndex... indexes) {
        return createTable("abc", "a:S", "b:S")
                .keySchema(schema("a"))
                .globalSecondaryIndexes(List.of(indexes));
    }

    private static ThroughputSettings provisioned(long read, long write) {
        return new ThroughputSettings(
                Optional.of(new ProvisionedThroughput(read, write)),
                Optional.empty(),
                Optional.empty());
    }

    private static ThroughputSettings limits(long read, long write) {
        return new ThroughputSettings(
                Optional.empty(),
                Optional.of(new OnDemandThroughput(OptionalLong.of(read), OptionalLong.of(write))),
                Optional.empty());
    }

    private static TableOptions stream(boolean enabled, Optional<StreamViewType> view) {
        return new TableOptions(
                Optional.of(new StreamSpecification(enabled, view)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void createTableDescribesAnOnDemandTable() {
        TableDescription table =
                cluster.run(onDemand().build(), CreateTableResponse.class).tableDescription();

        assertThat(table.tableName()).isEqualTo("abc");
        assertThat(table.tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThat(table.keySchema()).isEqualTo(schema("a"));
        assertThat(table.attributeDefinitions()).isEqualTo(Requests.definitions("a:S"));
        assertThat(table.creationMillis()).hasValue(FakeCluster.NOW_MILLIS);
        assertThat(table.tableArn())
                .contains("arn:aws:dynamodb:eu-stator-1:123456789012:table/abc");
        assertThat(table.tableId().orElseThrow())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(table.billingModeSummary())
                .contains(
                        new BillingModeSummary(BillingMode.PAY_PER_REQUEST, OptionalLong.empty()));
        assertThat(table.provisionedThroughput().orElseThrow().readCapacityUnits()).isZero();
        assertThat(table.provisionedThroughput().orElseThrow().writeCapacityUnits()).isZero();
        assertThat(table.warmThroughput()).isEmpty();
        assertThat(table.deletionProtectionEnabled()).contains(false);
        assertThat(table.tableClassSummary()).isEmpty();
        assertThat(table.onDemandThroughput()).isEmpty();
    }

    @Test
    void describeTableTellsMoreOfThroughputThanCreateTable() {
        cluster.run(onDemand().build(), CreateTableResponse.class);

        TableDescription table = describe("abc");

        assertThat(table.billingModeSummary())
                .contains(
                        new BillingModeSummary(
                                BillingMode.PAY_PER_REQUEST,
                                OptionalLong.of(FakeCluster.NOW_MILLIS)));
        assertThat(table.warmThroughput())
                .contains(new WarmThroughputDescription(12_000, 4_000, TableStatus.ACTIVE));
    }

    @Test
    void aProvisionedTableHasNoBillingModeSummary() {
        CreateTableRequest request =
                onDemand()
                        .billingMode(BillingMode.PROVISIONED)
                        .throughput(provisioned(5, 6))
                        .build();

        TableDescription table = cluster.run(request, CreateTableResponse.class).tableDescription();

        assertThat(table.billingModeSummary()).isEmpty();
        assertThat(table.provisionedThroughput().orElseThrow().readCapacityUnits()).isEqualTo(5);
        assertThat(table.provisionedThroughput().orElseThrow().writeCapacityUnits()).isEqualTo(6);
        assertThat(describe("abc").warmThroughput())
                .contains(new WarmThroughputDescription(5, 6, TableStatus.ACTIVE));
    }

    @Test
    void createTableKeepsEverythingItWasAskedFor() {
        CreateTableRequest request =
                createTable("abc", "a:S", "b:N", "g:B")
                        .keySchema(schema("a", "b"))
                        .localSecondaryIndexes(
                                List.of(new LocalSecondaryIndex("local", schema("a", "g"), all())))
                        .globalSecondaryIndexes(
                                List.of(globalIndex("global", schema("g"), including("x", "y"))))
                        .throughput(limits(10, 5))
                        .options(
                                new TableOptions(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(TableClass.STANDARD_INFREQUENT_ACCESS),
                                        Optional.of(true)))
                        .tags(List.of(new Tag("owner", "me")))
                        .build();
        cluster.run(request, CreateTableResponse.class);

        TableDescription table = describe("abc");

        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.localSecondaryIndexes()).hasSize(1);
        assertThat(table.localSecondaryIndexes().getFirst().indexArn())
                .isEqualTo("arn:aws:dynamodb:eu-stator-1:123456789012:table/abc/index/local");
        var global = table.globalSecondaryIndexes().getFirst();
        assertThat(global.indexStatus()).isEqualTo(IndexStatus.ACTIVE);
        assertThat(global.keySchema()).isEqualTo(schema("g"));
        assertThat(global.projection()).isEqualTo(including("x", "y"));
        assertThat(global.warmThroughput()).isPresent();
        assertThat(global.provisionedThroughput().orElseThrow().readCapacityUnits()).isZero();
        assertThat(table.onDemandThroughput())
                .contains(new OnDemandThroughput(OptionalLong.of(10), OptionalLong.of(5)));
        assertThat(table.tableClassSummary().orElseThrow().tableClass())
                .isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(table.deletionProtectionEnabled()).contains(true);
        assertThat(cluster.table("abc").descriptor.settings().tags()).containsEntry("owner", "me");
    }

    @Test
    void tablesAreNamedByArnToo() {
        cluster.run(onDemand().build(), CreateTableResponse.class);

        assertThat(describe("arn:aws:dynamodb:eu-stator-1:123456789012:table/abc").tableName())
                .isEqualTo("abc");
        assertThat(
                        cluster.refuse(
                                new DescribeTableRequest(
                                        "arn:aws:dynamodb:eu-stator-1:999999999999:table/abc")))
                .isEqualTo(new ApiError.AccessDenied("Access is denied"));
        assertThat(
                        cluster.refuse(
                                new DescribeTableRequest(
                                        "arn:aws:dynamodb:eu-west-1:123456789012:table/abc")))
                .isEqualTo(
                        new ApiError.Validation(
                                "1 validation error detected: Invalid AWS region in"
                                        + " 'arn:aws:dynamodb:eu-west-1:123456789012:table/abc'"));
        assertThat(cluster.refuse(new DescribeTableRequest("arn:aws:s3:::bucket")).message())
                .startsWith(
                        "1 validation error detected: Value 'arn:aws:s3:::bucket' at 'tableName'"
                                + " failed to satisfy constraint: Valid ARN format is");
        assertThat(
                        cluster.refuse(
                                        new DescribeTableRequest(
                                                "arn:aws:dynamodb:eu-stator-1:123456789012:a/bc"))
                                .message())
                .isEqualTo(
                        "1 validation error detected: Invalid resource type in"
                                + " 'arn:aws:dynamodb:eu-stator-1:123456789012:a/bc'");
    }

    @Test
    void deleteTableAnswersLittle() {
        cluster.run(onDemand().build(), CreateTableResponse.class);

        TableDescription table =
                cluster.run(new DeleteTableRequest("abc"), DeleteTableResponse.class)
                        .tableDescription();

        assertThat(table.tableStatus()).isEqualTo(TableStatus.DELETING);
        assertThat(table.keySchema()).isEmpty();
        assertThat(table.attributeDefinitions()).isEmpty();
        assertThat(table.provisionedThroughput()).isPresent();
        assertThat(cluster.refuse(new DescribeTableRequest("abc")))
                .isEqualTo(
                        new ApiError.ResourceNotFound(
                                "Requested resource not found: Table: abc not found"));
    }

    @Test
    void listTablesPages() {
        for (String name : List.of("ccc", "aaa", "bbb")) {
            cluster.run(
                    createTable(name, "a:S").keySchema(schema("a")).build(),
                    CreateTableResponse.class);
        }

        assertThat(list(Optional.empty(), 2))
                .isEqualTo(new ListTablesResponse(List.of("aaa", "bbb"), Optional.of("bbb")));
        assertThat(list(Optional.of("bbb"), 2))
                .isEqualTo(new ListTablesResponse(List.of("ccc"), Optional.empty()));
        assertThat(list(Optional.empty(), 3))
                .isEqualTo(new ListTablesResponse(List.of("aaa", "bbb", "ccc"), Optional.empty()));
    }

    private ListTablesResponse list(Optional<String> startAfter, int limit) {
        return cluster.run(new ListTablesRequest(startAfter, limit), ListTablesResponse.class);
    }

    private TableDescription describe(String name) {
        return cluster.run(new DescribeTableRequest(name), DescribeTableResponse.class).table();
    }
}
