package dev.stator.core.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.SseSpecification;
import dev.stator.core.operations.api.SseType;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.core.operations.api.UpdateTableResponse;
import dev.stator.core.operations.api.WarmThroughput;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.StreamViewType;
import dev.stator.model.table.TableClass;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableStatus;
import dev.stator.model.table.ThroughputLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one UpdateTable may change, and when. */
class TableUpdatesTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final ProvisionedThroughput UNITS = new ProvisionedThroughput(7, 7);
    private static final ThroughputSettings NONE = ThroughputSettings.NONE;
    private static final ThroughputSettings WARM =
            new ThroughputSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new WarmThroughput(OptionalLong.of(20_000), OptionalLong.empty())));
    private static final ThroughputSettings LIMITED = limited(OptionalLong.of(10));
    private static final ThroughputSettings PROVISIONED =
            new ThroughputSettings(Optional.of(UNITS), Optional.empty(), Optional.empty());
    private static final TableOptions PROTECTED = options(null, null, null, true);
    private static final SseSpecification ENCRYPTED =
            new SseSpecification(Optional.of(true), Optional.empty(), Optional.empty());

    private final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void createTable() {
        cluster.run(
                Requests.createTable("abc", "pk:S", "x:S")
                        .keySchema(Requests.schema("pk"))
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .globalSecondaryIndexes(
                                List.of(
                                        Requests.globalIndex(
                                                "byX", Requests.schema("x"), Requests.all())))
                        .build(),
                CreateTableResponse.class);
    }

    private static ThroughputSettings limited(OptionalLong reads) {
        return new ThroughputSettings(
                Optional.empty(),
                Optional.of(new OnDemandThroughput(reads, OptionalLong.empty())),
                Optional.empty());
    }

    private static TableOptions options(
            @Nullable StreamSpecification stream,
            @Nullable SseSpecification sse,
            @Nullable TableClass tableClass,
            @Nullable Boolean protection) {
        return new TableOptions(
                Optional.ofNullable(stream),
                Optional.ofNullable(sse),
                Optional.ofNullable(tableClass),
                Optional.ofNullable(protection));
    }

    private static TableOptions streaming(boolean enabled, boolean typed) {
        return options(
                new StreamSpecification(
                        enabled, typed ? Optional.of(StreamViewType.KEYS_ONLY) : Optional.empty()),
                null,
                null,
                null);
    }

    private static UpdateTableRequest update(
            Optional<BillingMode> mode,
            ThroughputSettings throughput,
            TableOptions options,
            GlobalSecondaryIndexUpdate... indexes) {
        return new UpdateTableRequest(
                "abc",
                Optional.of(Requests.definitions("q:S")),
                mode,
                throughput,
                indexes.length == 0 ? Optional.empty() : Optional.of(List.of(indexes)),
                options,
                List.of());
    }

    private static UpdateTableRequest update(
            ThroughputSettings throughput,
            TableOptions options,
            GlobalSecondaryIndexUpdate... indexes) {
        return update(Optional.empty(), throughput, options, indexes);
    }

    private static GlobalSecondaryIndexUpdate created() {
        return new GlobalSecondaryIndexUpdate(
                Optional.of(Requests.globalIndex("byQ", Requests.schema("q"), Requests.all())),
                Optional.empty(),
                Optional.empty());
    }

    private static GlobalSecondaryIndexUpdate updated(String name, ThroughputSettings throughput) {
        return new GlobalSecondaryIndexUpdate(
                Optional.empty(),
                Optional.of(new GlobalSecondaryIndexUpdate.Update(name, throughput)),
                Optional.empty());
    }

    static List<Arguments> refused() {
        String alone = " must be the only operation in the request";
        TableOptions archived = options(null, null, TableClass.STANDARD, null);
        TableOptions encrypted = options(null, ENCRYPTED, null, null);
        List<Arguments> cases = new ArrayList<>();
        cases.add(
                Arguments.of(
                        update(NONE, options(null, ENCRYPTED, TableClass.STANDARD, true)),
                        "Server-Side Encryption modification" + alone));
        cases.add(
                Arguments.of(
                        update(NONE, encrypted, created()),
                        "Server-Side Encryption modification" + alone));
        cases.add(
                Arguments.of(
                        update(WARM, options(null, null, TableClass.STANDARD, true)),
                        "TableClass modification" + alone));
        cases.add(
                Arguments.of(update(NONE, archived, created()), "TableClass modification" + alone));
        cases.add(Arguments.of(update(WARM, PROTECTED), "DeletionProtection modification" + alone));
        cases.add(
                Arguments.of(
                        update(LIMITED, streaming(true, true)),
                        "OnDemandThroughput can only be combined with BillingMode in an UpdateTable"
                                + " request"));
        cases.add(
                Arguments.of(
                        update(WARM, TableOptions.NONE, created()),
                        "Create global secondary index cannot be specified when updating"
                                + " WarmThroughput"));
        cases.add(
                Arguments.of(
                        update(NONE, streaming(true, true), created()),
                        "You cannot create or delete index while changing stream status"));
        cases.add(
                Arguments.of(
                        update(PROVISIONED, streaming(true, true)),
                        "You cannot modify stream status while updating table IOPS"));
        cases.add(
                Arguments.of(
                        update(PROVISIONED, TableOptions.NONE, created()),
                        "You cannot create or delete index while updating table IOPS"));
        cases.add(
                Arguments.of(
                        update(NONE, streaming(true, false)),
                        "If stream is being enabled then UpdateViewType is required"));
        cases.add(
                Arguments.of(
                        update(NONE, streaming(false, true)),
                        "If stream is being disabled, then UpdateViewType must not be specified"));
        cases.add(
                Arguments.of(
                        update(
                                Optional.of(BillingMode.PAY_PER_REQUEST),
                                PROVISIONED,
                                TableOptions.NONE),
                        "ProvisionedThroughput cannot be specified when BillingMode is"
                                + " PAY_PER_REQUEST"));
        cases.add(
                Arguments.of(
                        update(
                                NONE,
                                TableOptions.NONE,
                                updated(
                                        "ghost",
                                        new ThroughputSettings(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of(
                                                        new WarmThroughput(
                                                                OptionalLong.empty(),
                                                                OptionalLong.empty()))))),
                        "WarmThroughput must have at least one of ReadUnitsPerSecond or"
                                + " WriteUnitsPerSecond specified for index: ghost"));
        for (ThroughputSettings nothing : List.of(NONE, limited(OptionalLong.empty()))) {
            cases.add(
                    Arguments.of(
                            update(NONE, TableOptions.NONE, updated("byX", nothing)),
                            "The only Updates for index: byX when TableThroughputMode is"
                                    + " PAY_PER_REQUEST can be to OnDemandThroughput,"
                                    + " WarmThroughput"));
        }
        cases.add(
                Arguments.of(
                        update(
                                NONE,
                                TableOptions.NONE,
                                updated("byX", limited(OptionalLong.of(0)))),
                        "Requested MaxReadRequestUnits for OnDemandThroughput for index : byX is"
                                + " outside of valid range"));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void oneThingIsChangedAtATime(UpdateTableRequest request, String message) {
        assertThat(cluster.refuse(request).message()).isEqualTo(INVALID + message);
    }

    @ParameterizedTest
    @MethodSource("badEncryption")
    void encryptionHasRules(SseSpecification asked, String message) {
        assertThat(cluster.refuse(update(NONE, options(null, asked, null, null))).message())
                .isEqualTo(INVALID + message);
    }

    static List<Arguments> badEncryption() {
        Optional<String> key = Optional.of("alias/mine");
        return List.of(
                Arguments.of(
                        new SseSpecification(Optional.of(false), Optional.of(SseType.KMS), key),
                        "SSEType can not be specified if Enabled is false"),
                Arguments.of(
                        new SseSpecification(Optional.of(false), Optional.empty(), key),
                        "KMSMasterKeyId can not be specified if Enabled is false"),
                Arguments.of(
                        new SseSpecification(
                                Optional.of(true), Optional.of(SseType.AES256), Optional.empty()),
                        "SSEType AES256 is not supported"),
                Arguments.of(
                        new SseSpecification(Optional.of(true), Optional.empty(), key),
                        "SSEType KMS is required if KMSMasterKeyId is specified"),
                Arguments.of(
                        new SseSpecification(Optional.empty(), Optional.empty(), Optional.empty()),
                        "Table is already encrypted by default"));
    }

    @Test
    void anIndexHasLimitsOfItsOwnWhichEndWithTheMode() {
        var answer =
                cluster.run(
                        update(NONE, TableOptions.NONE, updated("byX", LIMITED)),
                        UpdateTableResponse.class);
        var index = answer.tableDescription().globalSecondaryIndexes().getFirst();
        assertThat(answer.tableDescription().tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(index.indexStatus()).isEqualTo(IndexStatus.UPDATING);
        assertThat(index.onDemandThroughput())
                .contains(new OnDemandThroughput(OptionalLong.of(10), OptionalLong.empty()));
        cluster.run(update(LIMITED, TableOptions.NONE), UpdateTableResponse.class);

        cluster.run(
                update(
                        Optional.of(BillingMode.PROVISIONED),
                        PROVISIONED,
                        TableOptions.NONE,
                        updated("byX", PROVISIONED)),
                UpdateTableResponse.class);

        TableDescriptor table = cluster.descriptor("abc");
        assertThat(table.settings().billing().throughput().limits())
                .isEqualTo(ThroughputLimits.NONE);
        assertThat(table.schema().globalIndexes().getFirst().throughput().limits())
                .isEqualTo(ThroughputLimits.NONE);
        assertThat(
                        cluster.refuse(update(NONE, TableOptions.NONE, updated("byX", LIMITED)))
                                .message())
                .isEqualTo(
                        INVALID
                                + "MaxReadRequestUnits for OnDemandThroughput for index : byX cannot"
                                + " be specified when the table BillingMode is PROVISIONED");
    }

    @Test
    void theClassThatATableHasIsNoChange() {
        TableDescriptor table = cluster.descriptor("abc");
        assertThat(TableChanges.apply(table, new TableChange.StorageClass(TableClass.STANDARD), 5))
                .isEqualTo(table);
    }

    private void checkWaits(TableDescriptor table, TableChange change, String message) {
        assertThatThrownBy(() -> TableChanges.apply(table, change, 0))
                .hasMessage("Attempt to change a resource which is still in use: " + message);
    }

    private TableDescriptor withIndexThatIs(IndexStatus status, TableStatus tableStatus) {
        TableDescriptor table = cluster.descriptor("abc");
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        table.schema()
                .globalIndexes()
                .forEach(index ->
                        indexes.add(index.withState(new SecondaryIndex.State(status, false))));
        return table.withSchema(table.schema().withGlobalIndexes(indexes)).withStatus(tableStatus);
    }

    private static TableChange.Capacity capacity(boolean ofTable) {
        SequencedMap<String, ProvisionedThroughput> indexes = new LinkedHashMap<>();
        indexes.put("byX", UNITS);
        return ofTable
                ? new TableChange.Capacity(
                        Optional.empty(),
                        Optional.of(UNITS),
                        Optional.empty(),
                        new LinkedHashMap<>())
                : new TableChange.Capacity(
                        Optional.empty(), Optional.empty(), Optional.empty(), indexes);
    }

    @Test
    void throughputWaitsForWhatIsUnderWay() {
        TableDescriptor idle = cluster.descriptor("abc");
        String iops = "Table IOPS are currently being updated. Table: abc";
        checkWaits(idle.withStatus(TableStatus.UPDATING), capacity(true), iops);
        checkWaits(idle.withStatus(TableStatus.UPDATING), capacity(false), iops);
        checkWaits(
                idle.withStatus(TableStatus.CREATING),
                capacity(true),
                "Table is being created: abc");
        checkWaits(
                idle.withStatus(TableStatus.DELETING),
                new TableChange.Tags(new LinkedHashMap<>(), List.of()),
                "Table is being deleted: abc");
        TableDescriptor creating = withIndexThatIs(IndexStatus.CREATING, TableStatus.UPDATING);
        checkWaits(
                creating,
                capacity(true),
                "Can't change table IOPS when an index is being created. Table: abc Indexes: [byX]");
        checkWaits(
                creating,
                capacity(false),
                "Index is being created but is not backfilling yet. Table: abc Index: byX");
        checkWaits(
                creating,
                new TableChange.Capacity(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new ThroughputLimits(5L, null)),
                        new LinkedHashMap<>()),
                "OnDemandThroughput cannot be updated while index creation is in progress for"
                        + " indexes: [byX]");
        checkWaits(
                withIndexThatIs(IndexStatus.DELETING, TableStatus.UPDATING),
                capacity(false),
                "Index is being deleted. Table: abc Index: byX");
        TableDescriptor updating = withIndexThatIs(IndexStatus.UPDATING, TableStatus.ACTIVE);
        String index = "Index is being updated. Table: abc Index: byX";
        checkWaits(updating, capacity(false), index);
        checkWaits(updating, capacity(true), index);
        checkWaits(updating, new TableChange.DropIndex("byX"), index);
        checkWaits(
                updating,
                new TableChange.StorageClass(TableClass.STANDARD_INFREQUENT_ACCESS),
                index);
        checkWaits(
                idle.withStatus(TableStatus.UPDATING),
                new TableChange.DropIndex("byX"),
                "Can't create or delete indexes while table IOPS are being updated. Table: abc");
    }

    @Test
    void protectionAndTheModeThatThereIsWaitForNothing() {
        TableDescriptor creating = withIndexThatIs(IndexStatus.CREATING, TableStatus.UPDATING);
        assertThat(
                        TableChanges.apply(creating, new TableChange.DeletionProtection(true), 0)
                                .settings()
                                .deletionProtection())
                .isTrue();
        TableChange same =
                new TableChange.Capacity(
                        Optional.of(BillingMode.PAY_PER_REQUEST),
                        Optional.empty(),
                        Optional.empty(),
                        new LinkedHashMap<>());
        assertThat(TableChanges.apply(creating, same, 0)).isEqualTo(creating);
    }
}
