package dev.stator.core.autoadmin;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_B;
import static dev.stator.core.metadata.SampleTables.wanted;
import static dev.stator.core.metadata.SampleTables.wantedIndex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminRequest.CreateTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.DeleteTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.UpdateTable;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.core.wire.IndexMessage.DefineIndexes;
import dev.stator.core.wire.Message.DropReplica;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a global secondary index that is added to a table in use, and removed. */
class IndexWorkTest {
    private static final String TABLE = "orders";
    private static final String INDEX = "by-day";
    private static final int LONG_ENOUGH_MILLIS = 15_000;

    /** After partitions have an index, it is ACTIVE by then. */
    private static final int WINDOW_MILLIS = 500;

    /** So that a change is written while another one is decided on. */
    private static final int SLOW_MILLIS = 40;

    private final SmallWorld world = new SmallWorld(1);

    @BeforeEach
    void createTable() {
        world.lead(NODE_A);
        world.run(500);
        world.ask(new CreateTable(wanted(TABLE)));
        runUntil(() -> record().status() == TableStatus.ACTIVE);
        world.run(1_000);
    }

    static AdminRequest add(String table, String index) {
        return new UpdateTable(
                ACCOUNT, table, new TableChange.AddIndex(wantedIndex(index), definitions(index)));
    }

    private static SequencedMap<String, ScalarType> definitions(String index) {
        var definitions = new LinkedHashMap<String, ScalarType>();
        definitions.put(index, ScalarType.S);
        return definitions;
    }

    static AdminRequest drop(String table, String index) {
        return new UpdateTable(ACCOUNT, table, new TableChange.DropIndex(index));
    }

    private TableRecord record() {
        return world.store.table(ACCOUNT, TABLE).orElseThrow();
    }

    private Optional<SecondaryIndex.Global> index() {
        return record().table().schema().globalIndexes().stream()
                .filter(index -> index.name().equals(INDEX))
                .findFirst();
    }

    private SecondaryIndex.State state() {
        return index().orElseThrow().state();
    }

    private void runUntil(BooleanSupplier condition) {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            world.run(20);
        }
        assertThat(condition.getAsBoolean()).as("in time: %s", record()).isTrue();
    }

    private Set<GroupId> groups() {
        Set<GroupId> groups = new TreeSet<>();
        for (PartitionDescriptor partition : index().orElseThrow().placement().partitions()) {
            groups.add(new GroupId(partition.groupId()));
        }
        return groups;
    }

    private ApiError refused(AdminRequest request) {
        AdminResponse response = world.ask(request);
        if (response instanceof AdminResponse.Failed(ApiError error)) {
            return error;
        }
        throw new AssertionError("did not fail: " + response);
    }

    private void beginBackfilling() {
        world.isBackfilled = false;
        world.ask(add(TABLE, INDEX));
        runUntil(() -> state().backfilling());
    }

    @Test
    void anIndexIsActiveOnlyWhenAllPartitionsHaveBackfilledIt() {
        beginBackfilling();
        world.run(LONG_ENOUGH_MILLIS);
        assertThat(state()).isEqualTo(new SecondaryIndex.State(IndexStatus.CREATING, true));
        assertThat(record().status()).isEqualTo(TableStatus.UPDATING);

        world.isBackfilled = true;
        runUntil(() -> record().status() == TableStatus.ACTIVE);

        assertThat(state()).isEqualTo(SecondaryIndex.State.ACTIVE);
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void anIndexIsBackfillingOnlyWhenAllPartitionsKnowIt() {
        world.knowsIndexes = false;
        world.ask(add(TABLE, INDEX));
        world.run(LONG_ENOUGH_MILLIS);
        assertThat(state()).isEqualTo(new SecondaryIndex.State(IndexStatus.CREATING, false));
        world.knowsIndexes = true;
        runUntil(() -> record().status() == TableStatus.ACTIVE);
    }

    @Test
    void anIndexThatIsAllocatedCannotBeDeleted() {
        world.knowsIndexes = false;
        world.ask(add(TABLE, INDEX));
        assertThat(refused(drop(TABLE, INDEX)))
                .isEqualTo(
                        new ApiError.ResourceInUse(
                                "Attempt to change a resource which is still in use: Index"
                                        + " creation is in resource allocation phase. Retry"
                                        + " deletion during backfilling phase or when the index is"
                                        + " active. Table: orders Index: by-day"));
        assertThat(state()).isEqualTo(new SecondaryIndex.State(IndexStatus.CREATING, false));
    }

    @Test
    void anIndexThatIsBackfillingCanBeDeleted() {
        beginBackfilling();
        Set<GroupId> groups = groups();

        AdminResponse answer = world.ask(drop(TABLE, INDEX));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        AdminResponse.Table.class,
                        table -> {
                            assertThat(table.table().status()).isEqualTo(TableStatus.UPDATING);
                            assertThat(table.table().schema().globalIndexes().getFirst().state())
                                    .isEqualTo(
                                            new SecondaryIndex.State(IndexStatus.DELETING, false));
                        });
        runUntil(() -> record().status() == TableStatus.ACTIVE);
        assertThat(index()).isEmpty();
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
        assertThat(world.hosts.values())
                .allSatisfy(
                        host -> assertThat(host.held.keySet()).doesNotContainAnyElementsOf(groups));
    }

    @Test
    void anotherIndexCannotBeDeletedMeanwhile() {
        world.ask(add(TABLE, "by-name"));
        runUntil(() -> record().status() == TableStatus.ACTIVE);
        beginBackfilling();
        assertThat(refused(drop(TABLE, "by-name")))
                .isEqualTo(
                        new ApiError.LimitExceeded(
                                "Subscriber limit exceeded: Only 1 online index can be created or"
                                        + " deleted simultaneously per table"));
    }

    @Test
    void aTableCannotBeDeletedMeanwhile() {
        beginBackfilling();
        assertThat(refused(new DeleteTable(ACCOUNT, TABLE)))
                .isEqualTo(
                        new ApiError.ResourceInUse(
                                "Attempt to change a resource which is still in use: Cannot delete"
                                        + " table while indexes are being created, updated, or"
                                        + " deleted."));
    }

    /** The index comes to be complete at the very time at which it is deleted. */
    @Test
    void anIndexThatIsDeletedIsNeverForgottenBeforeItsReplicasAreDropped() {
        world.faults = new SmallWorld.Faults(0, 0, 0, SLOW_MILLIS);
        world.whenDropping = () -> assertThat(knows(IndexStatus.ACTIVE)).isFalse();
        for (int millis = 0; millis < WINDOW_MILLIS; millis += 2) {
            beginBackfilling();
            Set<GroupId> groups = groups();
            world.isBackfilled = true;
            world.run(millis);
            // It is changed, or about to be: refused until the table is ACTIVE.
            while (world.ask(drop(TABLE, INDEX)) instanceof AdminResponse.Failed) {
                world.run(SLOW_MILLIS);
            }
            runUntil(() -> record().status() == TableStatus.ACTIVE);
            assertThat(index()).as("deleted after %s ms", millis).isEmpty();
            assertThat(world.hosts.values())
                    .as("deleted after %s ms", millis)
                    .allSatisfy(host ->
                            assertThat(host.held.keySet()).doesNotContainAnyElementsOf(groups));
        }
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void nothingIsDroppedBeforePartitionsKnowAndMemDsWasTold() {
        beginBackfilling();
        world.knowsIndexes = false;
        int before = world.transmitted.size();
        world.ask(drop(TABLE, INDEX));
        world.run(LONG_ENOUGH_MILLIS);
        assertThat(world.transmitted.subList(before, world.transmitted.size()))
                .noneMatch(sent -> sent.message() instanceof DropReplica)
                .anyMatch(sent ->
                        sent.message() instanceof DefineIndexes define
                                && define.version() == record().version());
        world.knowsIndexes = true;
        runUntil(() -> index().isEmpty());
    }

    /** Whether a MemDS node says so of the index. */
    private boolean knows(IndexStatus status) {
        return world.hosts.values().stream()
                .flatMap(host -> host.memDs.find(ACCOUNT, TABLE).stream())
                .flatMap(entry -> entry.table().schema().globalIndexes().stream())
                .anyMatch(index -> index.name().equals(INDEX) && index.state().status() == status);
    }

    @Test
    void aNewLeaderGoesOnDeleting() {
        beginBackfilling();
        world.knowsIndexes = false;
        world.ask(drop(TABLE, INDEX));
        world.lead(NODE_B);
        world.knowsIndexes = true;
        runUntil(() -> index().isEmpty());
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void anIndexOfTheSameNameIsAnotherOne() {
        beginBackfilling();
        Set<GroupId> groups = groups();
        SecondaryIndex.Placement placement = index().orElseThrow().placement();
        world.ask(drop(TABLE, INDEX));
        runUntil(() -> index().isEmpty());
        world.isBackfilled = true;
        world.ask(add(TABLE, INDEX));
        runUntil(() -> record().status() == TableStatus.ACTIVE);
        assertThat(groups()).doesNotContainAnyElementsOf(groups);
        assertThat(index().orElseThrow().placement().id()).isNotEqualTo(placement.id());
    }
}
