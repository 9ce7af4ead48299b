package dev.stator.core.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.DescribeTableResponse;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.TableDescription;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.core.operations.api.UpdateTableResponse;
import dev.stator.core.operations.api.WarmThroughput;
import dev.stator.core.operations.api.WarmThroughputDescription;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.core.wire.TableContents;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarmThroughputTest {
    private final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void createTable() {
        CreateTableRequest request =
                Requests.createTable("abc", "pk:S", "x:S")
                        .keySchema(Requests.schema("pk"))
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .globalSecondaryIndexes(
                                List.of(
                                        Requests.globalIndex(
                                                "byX", Requests.schema("x"), Requests.all())))
                        .build();
        cluster.run(request, CreateTableResponse.class);
    }

    private static ThroughputSettings warm(OptionalLong read, OptionalLong write) {
        return new ThroughputSettings(
                Optional.empty(), Optional.empty(), Optional.of(new WarmThroughput(read, write)));
    }

    private static UpdateTableRequest update(
            ThroughputSettings table,
            Optional<BillingMode> mode,
            GlobalSecondaryIndexUpdate... indexes) {
        return new UpdateTableRequest(
                "abc",
                Optional.empty(),
                mode,
                table,
                indexes.length == 0 ? Optional.empty() : Optional.of(List.of(indexes)),
                TableOptions.NONE,
                List.of());
    }

    private TableDescription describe() {
        return cluster.run(new DescribeTableRequest("abc"), DescribeTableResponse.class).table();
    }

    @Test
    void itRisesForTheTableAndForItsIndexes() {
        ThroughputSettings reads = warm(OptionalLong.of(20_000), OptionalLong.empty());
        ThroughputSettings writes = warm(OptionalLong.empty(), OptionalLong.of(5_000));
        GlobalSecondaryIndexUpdate index =
                new GlobalSecondaryIndexUpdate(
                        Optional.empty(),
                        Optional.of(new GlobalSecondaryIndexUpdate.Update("byX", writes)),
                        Optional.empty());

        cluster.run(update(reads, Optional.empty(), index), UpdateTableResponse.class);

        assertThat(describe().warmThroughput())
                .contains(new WarmThroughputDescription(20_000, 4_000, TableStatus.ACTIVE));
        assertThat(describe().globalSecondaryIndexes().getFirst().warmThroughput())
                .contains(new WarmThroughputDescription(12_000, 5_000, TableStatus.ACTIVE));
    }

    @Test
    void itIsNeverLowered() {
        String colder =
                "One or more parameter values were invalid: Requested WriteUnitsPerSecond for"
                        + " WarmThroughput for table is lower than current WarmThroughput,"
                        + " decreasing WarmThroughput is not supported";
        for (long units : new long[] {3_999, 0, -1}) {
            ThroughputSettings writes = warm(OptionalLong.empty(), OptionalLong.of(units));
            assertThat(cluster.refuse(update(writes, Optional.empty())))
                    .isEqualTo(ApiException.validation(colder).error());
        }
    }

    @Test
    void itIsChangedAlone() {
        ThroughputSettings reads = warm(OptionalLong.of(20_000), OptionalLong.empty());
        assertThat(
                        cluster.refuse(update(reads, Optional.of(BillingMode.PAY_PER_REQUEST)))
                                .message())
                .isEqualTo(
                        "One or more parameter values were invalid: WarmThroughput must be the only"
                                + " operation in the request");
    }

    @Test
    void nothingAskedForIsNoChange() {
        assertThat(
                        cluster.refuse(
                                        update(
                                                warm(OptionalLong.empty(), OptionalLong.empty()),
                                                Optional.empty()))
                                .message())
                .startsWith("At least one of ProvisionedThroughput, BillingMode,");
    }

    @Test
    void itIsThereWhenWhatItIsOfIsThere() {
        TableDescriptor active = cluster.descriptor("abc");
        for (TableStatus status : List.of(TableStatus.CREATING, TableStatus.UPDATING)) {
            TableStatus expected =
                    status == TableStatus.CREATING ? TableStatus.UPDATING : TableStatus.ACTIVE;
            TableDescription described =
                    new TableDescriptions("eu-stator-1", 0)
                            .describe(active.withStatus(status), TableContents.NONE);
            assertThat(described.warmThroughput().orElseThrow().status()).isEqualTo(expected);
            var index = described.globalSecondaryIndexes().getFirst();
            assertThat(index.warmThroughput().orElseThrow().status()).isEqualTo(expected);
        }
    }

    @Test
    void theAnswerSaysThatItChanges() {
        SequencedMap<String, ProvisionedThroughput> indexes = new LinkedHashMap<>();
        indexes.put("byX", new ProvisionedThroughput(0, 5_000));
        TableDescription described =
                new TableDescriptions("eu-stator-1", 0)
                        .describeWarming(
                                cluster.descriptor("abc"),
                                TableContents.NONE,
                                new TableChange.Warmth(ProvisionedThroughput.NONE, indexes));
        assertThat(described.warmThroughput().orElseThrow().status()).isEqualTo(TableStatus.ACTIVE);
        assertThat(described.globalSecondaryIndexes().getFirst().warmThroughput())
                .contains(new WarmThroughputDescription(12_000, 4_000, TableStatus.UPDATING));
    }
}
