package dev.stator.core.autoadmin;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_C;
import static dev.stator.core.metadata.SampleTables.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminRequest.CreateTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.DeleteTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.DescribeTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.UpdateTable;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableSchema;
import dev.stator.model.table.TableStatus;
import dev.stator.model.table.Throughput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The throughput of an index changes while its table is in use and ACTIVE. */
class IndexThroughputTest {
    private final SmallWorld world = new SmallWorld(1);

    @BeforeEach
    void createTable() {
        world.lead(NODE_A);
        world.run(500);
        TableDescriptor plain = wanted("orders");
        SecondaryIndex.Global index =
                new SecondaryIndex.Global(
                        "byKey",
                        new IndexKeySchema(List.of(plain.key().partitionKey()), List.of()),
                        new IndexProjection(ProjectionType.ALL, List.of()),
                        SecondaryIndex.State.ACTIVE,
                        Throughput.provisioned(5, 5));
        TableSchema schema = plain.schema().withGlobalIndexes(List.of(index));
        ask(new CreateTable(plain.withSchema(schema)));
        waitForIndex();
    }

    private TableDescriptor ask(AdminRequest request) {
        return ((AdminResponse.Table) world.ask(request)).table();
    }

    private String refusal(AdminRequest request) {
        ApiError error = ((AdminResponse.Failed) world.ask(request)).error();
        assertThat(error).isInstanceOf(ApiError.ResourceInUse.class);
        return error.message();
    }

    private static AdminRequest provision(long units) {
        SequencedMap<String, ProvisionedThroughput> indexes = new LinkedHashMap<>();
        indexes.put("byKey", new ProvisionedThroughput(units, units));
        return new UpdateTable(
                ACCOUNT,
                "orders",
                new TableChange.Capacity(
                        Optional.empty(), Optional.empty(), Optional.empty(), indexes));
    }

    private static SecondaryIndex.Global index(TableDescriptor table) {
        return table.schema().globalIndexes().getFirst();
    }

    private TableDescriptor waitForIndex() {
        for (int i = 0; i < 200; i++) {
            TableDescriptor table = ask(new DescribeTable(ACCOUNT, "orders"));
            if (table.status() == TableStatus.ACTIVE
                    && index(table).state().equals(SecondaryIndex.State.ACTIVE)) {
                return table;
            }
            world.run(50);
        }
        throw new AssertionError("never ACTIVE");
    }

    @Test
    void onlyTheIndexIsUpdating() {
        world.crash(NODE_C);

        TableDescriptor answer = ask(provision(9));

        assertThat(answer.status()).isEqualTo(TableStatus.ACTIVE);
        assertThat(index(answer).state().status()).isEqualTo(IndexStatus.UPDATING);
        assertThat(index(answer).throughput().provisioned())
                .as("what it was")
                .isEqualTo(new ProvisionedThroughput(5, 5));
        assertThat(refusal(new DeleteTable(ACCOUNT, "orders")))
                .endsWith(
                        "Cannot delete table while indexes are being created, updated, or deleted.");
        assertThat(refusal(provision(10)))
                .endsWith("Index is being updated. Table: orders Index: byKey");
        assertThat(refusal(new UpdateTable(ACCOUNT, "orders", new TableChange.DropIndex("byKey"))))
                .endsWith("Index is being updated. Table: orders Index: byKey");
        assertThat(index(waitForIndex()).throughput().provisioned())
                .isEqualTo(new ProvisionedThroughput(9, 9));
    }

    @Test
    void anotherLeaderBringsItToAnEnd() {
        world.crash(NODE_C);
        ask(provision(9));
        world.restart(NODE_C);
        world.lead(NODE_C);
        world.run(500);
        assertThat(index(waitForIndex()).throughput().provisioned())
                .isEqualTo(new ProvisionedThroughput(9, 9));
    }
}
