package dev.stator.core.autoadmin;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_B;
import static dev.stator.core.metadata.SampleTables.NODE_C;
import static dev.stator.core.metadata.SampleTables.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.metadata.SampleTables;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminRequest.CreateTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.DeleteTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.DescribeTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.ListTables;
import dev.stator.core.wire.AdminMessage.AdminRequest.UpdateTable;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message.DropReplica;
import dev.stator.core.wire.Message.HostReplica;
import dev.stator.core.wire.MetadataMessage.PushTables;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutoAdminTest {
    private static final int LONG_ENOUGH_MILLIS = 15_000;

    private final SmallWorld world = new SmallWorld(1);

    @BeforeEach
    void elect() {
        world.lead(NODE_A);
        world.run(500);
    }

    private static AdminRequest describe(String name) {
        return new DescribeTable(ACCOUNT, name);
    }

    private static AdminRequest delete(String name) {
        return new DeleteTable(ACCOUNT, name);
    }

    private static AdminRequest provision(String name, long readUnits, long writeUnits) {
        return capacity(
                name,
                Optional.empty(),
                Optional.of(new ProvisionedThroughput(readUnits, writeUnits)));
    }

    private static AdminRequest capacity(
            String name, Optional<BillingMode> mode, Optional<ProvisionedThroughput> units) {
        return new UpdateTable(
                ACCOUNT,
                name,
                new TableChange.Capacity(mode, units, Optional.empty(), new LinkedHashMap<>()));
    }

    private TableDescriptor table(AdminRequest request) {
        AdminResponse response = world.ask(request);
        if (response instanceof AdminResponse.Table(TableDescriptor table, var _)) {
            return table;
        }
        throw new AssertionError("not a table: " + response);
    }

    private ApiError error(AdminRequest request) {
        AdminResponse response = world.ask(request);
        if (response instanceof AdminResponse.Failed(ApiError error)) {
            return error;
        }
        throw new AssertionError("did not fail: " + response);
    }

    private void create(String name) {
        table(new CreateTable(wanted(name)));
        waitFor(name, TableStatus.ACTIVE);
    }

    private void waitFor(String name, TableStatus status) {
        for (int i = 0; i < 200; i++) {
            if (table(describe(name)).status() == status) {
                return;
            }
            world.run(50);
        }
        throw new AssertionError(name + " is still " + table(describe(name)).status());
    }

    private void waitUntilGone(String name) {
        for (int i = 0; i < 200; i++) {
            if (world.ask(describe(name)) instanceof AdminResponse.Failed) {
                return;
            }
            world.run(50);
        }
        throw new AssertionError(name + " is still there");
    }

    @Test
    void aTableIsCreatedAndThenActive() {
        TableDescriptor created = table(new CreateTable(wanted("orders")));
        assertThat(created.status()).isEqualTo(TableStatus.CREATING);
        assertThat(created.id().value()).isEqualTo(1);
        assertThat(created.identity().createdAtMillis()).isGreaterThan(SmallWorld.WALL_MILLIS);
        assertThat(table(describe("orders")).partitions()).isEqualTo(created.partitions());
        long began = world.nowMillis;
        waitFor("orders", TableStatus.ACTIVE);
        assertThat(world.nowMillis - began).isLessThan(1_000);
        assertThat(world.host(NODE_C).memDs.find(ACCOUNT, "orders"))
                .as("MemDS knows it by then")
                .isPresent();
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void preferredLeadersAreSpreadOverTheZones() {
        TableDescriptor created = table(new CreateTable(wanted("orders")));
        TreeSet<Long> first = new TreeSet<>();
        created.partitions()
                .forEach(partition -> {
                    assertThat(partition.members()).hasSize(3).doesNotHaveDuplicates();
                    first.add(partition.members().getFirst().nodeHigh());
                });
        assertThat(first).hasSize(3);
    }

    @Test
    void identifiersAreNeverGivenTwice() {
        create("one");
        table(delete("one"));
        waitUntilGone("one");
        create("one");
        create("two");
        assertThat(table(describe("one")).id().value()).isEqualTo(2);
        assertThat(table(describe("two")).id().value()).isEqualTo(3);
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void whatExistsCannotBeCreated() {
        table(new CreateTable(wanted("orders")));
        assertThat(error(new CreateTable(wanted("orders"))))
                .isEqualTo(
                        new ApiError.ResourceInUse(
                                "Attempt to change a resource which is still in use: Table is"
                                        + " being created: orders"));
        waitFor("orders", TableStatus.ACTIVE);
        assertThat(error(new CreateTable(wanted("orders"))))
                .isEqualTo(new ApiError.ResourceInUse("Table already exists: orders"));
    }

    @Test
    void whatIsMissingIsNotFound() {
        ApiError notFound =
                new ApiError.ResourceNotFound(
                        "Requested resource not found: Table: orders not found");
        assertThat(error(describe("orders"))).isEqualTo(notFound);
        assertThat(error(delete("orders"))).isEqualTo(notFound);
        assertThat(error(provision("orders", 1, 1))).isEqualTo(notFound);
    }

    @Test
    void aTableThatIsBeingCreatedCannotBeDeletedOrChanged() {
        world.crash(NODE_B);
        world.crash(NODE_C);
        table(new CreateTable(wanted("orders")));
        ApiError inUse =
                new ApiError.ResourceInUse(
                        "Attempt to change a resource which is still in use: Table is being"
                                + " created: orders");
        assertThat(error(delete("orders"))).isEqualTo(inUse);
        assertThat(error(provision("orders", 1, 1))).isEqualTo(inUse);
    }

    @Test
    void aTableThatIsBeingUpdatedCannotBeDeletedOrChanged() {
        create("orders");
        world.crash(NODE_C);
        assertThat(table(provision("orders", 10, 10)).status()).isEqualTo(TableStatus.UPDATING);
        assertThat(error(delete("orders")))
                .isEqualTo(
                        new ApiError.ResourceInUse(
                                "Attempt to change a resource which is still in use: Table: orders"
                                        + " is in the process of being updated."));
        assertThat(error(provision("orders", 1, 1))).isInstanceOf(ApiError.ResourceInUse.class);
        waitFor("orders", TableStatus.ACTIVE);
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        create("orders");
        TableDescriptor changed =
                table(new UpdateTable(ACCOUNT, "orders", new TableChange.DeletionProtection(true)));
        assertThat(changed.status()).as("at once").isEqualTo(TableStatus.ACTIVE);
        assertThat(error(delete("orders")))
                .isEqualTo(
                        new ApiError.Validation(
                                "Resource cannot be deleted as it is currently protected against"
                                        + " deletion. Disable deletion protection first."));
        table(new UpdateTable(ACCOUNT, "orders", new TableChange.DeletionProtection(false)));
        assertThat(table(delete("orders")).status()).isEqualTo(TableStatus.DELETING);
    }

    @Test
    void aDeletedTableLeavesNothingBehind() {
        create("orders");
        assertThat(table(delete("orders")).status()).isEqualTo(TableStatus.DELETING);
        waitUntilGone("orders");
        assertThat(world.store.tables()).isEmpty();
        world.checkSettled();
        assertThat(world.host(NODE_A).held).isEmpty();
    }

    @Test
    void whatIsBeingDeletedCannotBeDeletedAgain() {
        create("orders");
        world.crash(NODE_C);
        table(delete("orders"));
        assertThat(error(delete("orders")))
                .isEqualTo(
                        new ApiError.ResourceInUse(
                                "Attempt to change a resource which is still in use: Table is"
                                        + " being deleted: orders"));
    }

    @Test
    void throughputIsChanged() {
        create("orders");
        assertThat(table(provision("orders", 10, 20)).status()).isEqualTo(TableStatus.UPDATING);
        waitFor("orders", TableStatus.ACTIVE);
        assertThat(table(describe("orders")).settings().billing().throughput().provisioned())
                .isEqualTo(new ProvisionedThroughput(10, 20));
        assertThat(error(provision("orders", 10, 20)))
                .isInstanceOf(ApiError.Validation.class)
                .extracting(ApiError::message)
                .asString()
                .startsWith("The provisioned throughput for the table will not change.");
        world.run(1_000);
        world.checkSettled();
    }

    @Test
    void switchesToOnDemandAreCountedForADay() {
        create("orders");
        for (int i = 0; i < 4; i++) {
            switchTo(BillingMode.PAY_PER_REQUEST, Optional.empty());
            switchTo(BillingMode.PROVISIONED, Optional.of(new ProvisionedThroughput(5, 5)));
        }
        AdminRequest fifth =
                capacity("orders", Optional.of(BillingMode.PAY_PER_REQUEST), Optional.empty());
        assertThat(error(fifth)).isEqualTo(AdminErrors.TOO_MANY_ON_DEMAND_SWITCHES);
    }

    private void switchTo(BillingMode mode, Optional<ProvisionedThroughput> units) {
        table(capacity("orders", Optional.of(mode), units));
        waitFor("orders", TableStatus.ACTIVE);
    }

    @Test
    void onDemandAgainIsNoChange() {
        create("orders");
        switchTo(BillingMode.PAY_PER_REQUEST, Optional.empty());
        TableRecord before = world.store.table(ACCOUNT, "orders").orElseThrow();
        AdminRequest again =
                capacity("orders", Optional.of(BillingMode.PAY_PER_REQUEST), Optional.empty());
        assertThat(table(again).status()).as("the service says so").isEqualTo(TableStatus.UPDATING);
        assertThat(world.store.table(ACCOUNT, "orders")).contains(before);
    }

    @Test
    void tablesAreListedInOrderAndPageByPage() {
        List<String> names = List.of("A-9", "Zoo", "alpha", "beta.1", "beta_2");
        names.reversed().forEach(this::create);
        assertThat(names(Optional.empty(), 10))
                .isEqualTo(new AdminResponse.TableNames(names, false));
        assertThat(names(Optional.empty(), 4))
                .isEqualTo(new AdminResponse.TableNames(names.subList(0, 4), true));
        assertThat(names(Optional.of("beta.1"), 4))
                .isEqualTo(new AdminResponse.TableNames(List.of("beta_2"), false));
        assertThat(names(Optional.of("b"), 1))
                .isEqualTo(new AdminResponse.TableNames(List.of("beta.1"), true));
        assertThat(names(Optional.of("zzz"), 1))
                .isEqualTo(new AdminResponse.TableNames(List.of(), false));
        assertThat(world.ask(new ListTables("111111111111", Optional.empty(), 5)))
                .isEqualTo(new AdminResponse.TableNames(List.of(), false));
    }

    private AdminResponse names(Optional<String> startAfter, int limit) {
        return world.ask(new ListTables(ACCOUNT, startAfter, limit));
    }

    @Test
    void whoDoesNotLeadSaysWhoDoes() {
        long unknown = world.ask(NODE_B, describe("orders"));
        world.run(100);
        assertThat(world.answers.get(unknown))
                .isEqualTo(new AdminResponse.NotLeader(Optional.empty()));
    }

    @Test
    void aNodeThatIsDownDoesNotHoldUpCreationForLong() {
        world.crash(NODE_C);
        long began = world.nowMillis;
        create("orders");
        assertThat(world.nowMillis - began).isLessThan(3_000);
        assertThat(world.store.table(ACCOUNT, "orders").orElseThrow().unhosted()).hasSize(3);
        world.restart(NODE_C);
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
        assertThat(world.host(NODE_C).held).hasSize(3);
    }

    @Test
    void aNodeThatIsDownDoesNotHoldUpDeletionForLong() {
        create("orders");
        world.crash(NODE_C);
        table(delete("orders"));
        long began = world.nowMillis;
        waitUntilGone("orders");
        assertThat(world.nowMillis - began).isLessThan(5_000);
        assertThat(world.host(NODE_C).held).hasSize(3);
        create("orders");
        world.restart(NODE_C);
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
        assertThat(table(describe("orders")).id().value()).isEqualTo(2);
    }

    @Test
    void aReplicaThatWasHostedLateByAnOldMessageIsDropped() {
        create("orders");
        List<ReplicaDescriptor> asked =
                world.transmitted.stream()
                        .map(envelope -> envelope.message())
                        .filter(HostReplica.class::isInstance)
                        .map(message -> ((HostReplica) message).descriptor())
                        .toList();
        table(delete("orders"));
        waitUntilGone("orders");
        ReplicaDescriptor late = asked.getFirst();
        world.host(NODE_B).dropped.clear();
        world.host(NODE_B).held.put(late.group(), late);
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void replicasOfTheSystemGroupAreNotStrangers() {
        world.host(NODE_A)
                .held
                .put(
                        GroupId.SYSTEM,
                        new ReplicaDescriptor(
                                GroupId.SYSTEM, 0, KeyRange.ALL, SampleTables.MEMBERS));
        world.run(LONG_ENOUGH_MILLIS);
        assertThat(world.transmitted)
                .noneMatch(envelope -> envelope.message() instanceof DropReplica);
    }

    @Test
    void aMemDsNodeThatStartsAnewIsToldEverything() {
        for (int i = 0; i < 5; i++) {
            create("table-" + i);
        }
        world.run(2_000);
        world.host(NODE_B).restartMemDs();
        assertThat(world.host(NODE_B).memDs.isReady()).isFalse();
        world.run(1_000);
        world.checkSettled();
    }

    @Test
    void aNewLeaderNeverTellsMemDsOfSomeTablesAsIfTheyWereAll() {
        for (int i = 0; i < 3; i++) {
            create("table-" + i);
        }
        world.run(2_000);
        world.transmitted.clear();
        world.crash(NODE_A);
        world.lead(NODE_B);
        world.run(2_000);
        List<Integer> told =
                world.transmitted.stream()
                        .map(Envelope::message)
                        .filter(PushTables.class::isInstance)
                        .map(push -> ((PushTables) push).slice().tables().size())
                        .toList();
        assertThat(told).isNotEmpty().allMatch(tables -> tables == 3);
    }

    @Test
    void tellingMemDsCostsTheSameWhetherOrNotAnythingHappens() {
        create("orders");
        world.run(5_000);
        long quiet = pushes(10_000);
        table(provision("orders", 9, 9));
        long busy = pushes(10_000);
        assertThat(quiet).isBetween(120L, 160L);
        assertThat(busy).isBetween(quiet, quiet + 12);
    }

    private long pushes(int millis) {
        world.transmitted.clear();
        world.run(millis);
        return world.transmitted.stream()
                .filter(envelope -> envelope.message() instanceof PushTables)
                .count();
    }

    @Test
    void aNewLeaderFinishesWhatTheOldOneBegan() {
        table(new CreateTable(wanted("orders")));
        world.crash(NODE_A);
        world.lead(NODE_B);
        waitFor("orders", TableStatus.ACTIVE);
        world.restart(NODE_A);
        world.run(LONG_ENOUGH_MILLIS);
        world.checkSettled();
    }

    @Test
    void whoWasDeposedAndDoesNotKnowItDoesNoHarm() {
        create("orders");
        world.run(1_000);
        NodeId deposed = NODE_A;
        world.deposeSilently(NODE_B);
        long create = world.ask(deposed, new CreateTable(wanted("other")));
        long read = world.ask(deposed, describe("orders"));
        world.run(1_000);
        assertThat(world.answers.get(read))
                .isEqualTo(new AdminResponse.NotLeader(Optional.empty()));
        assertThat(world.answers).as("it cannot commit").doesNotContainKey(create);
        table(new CreateTable(wanted("third")));
        waitFor("third", TableStatus.ACTIVE);
        world.run(LONG_ENOUGH_MILLIS);
        assertThat(world.store.tables()).hasSize(2);
        world.checkSettled();
    }

    @Test
    void changesThatWaitWhenLeadershipIsLostAreSentElsewhere() {
        world.crash(NODE_B);
        world.deposeSilently(NODE_C);
        long waiting = world.ask(NODE_A, new CreateTable(wanted("orders")));
        world.run(200);
        world.host(NODE_A).admin.systemLeadership(1, false, world.nowNanos(), world.wallMillis());
        world.run(100);
        assertThat(world.answers.get(waiting))
                .isEqualTo(new AdminResponse.NotLeader(Optional.empty()));
    }
}
