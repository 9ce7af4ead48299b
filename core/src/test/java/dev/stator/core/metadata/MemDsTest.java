package dev.stator.core.metadata;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.MEMBERS;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_B;
import static dev.stator.core.metadata.SampleTables.NODE_C;
import static dev.stator.core.metadata.SampleTables.entry;
import static dev.stator.core.metadata.SampleTables.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.MetadataMessage.FindPartition;
import dev.stator.core.wire.MetadataMessage.FindTable;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PartitionFound;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.PushTables;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.core.wire.MetadataMessage.TableFound;
import dev.stator.core.wire.MetadataMessage.TableSlice;
import dev.stator.core.wire.MetadataMessage.TablesTaken;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemDsTest {
    private static final TableId NOTHING = TableSlice.START;

    private final List<Message> answers = new ArrayList<>();
    private final MemDs memDs = newMemDs();

    private MemDs newMemDs() {
        return new MemDs(Address.memDs(NODE_A), envelope -> answers.add(envelope.message()));
    }

    private void tell(MetadataMessage message) {
        answers.clear();
        memDs.receive(new Envelope(Address.admin(NODE_B), Address.memDs(NODE_A), message));
    }

    private static PushTables everything(long callId, long term, TableEntry... tables) {
        return new PushTables(
                callId,
                term,
                List.of(),
                List.of(),
                new TableSlice(TableSlice.START, TableSlice.END, List.of(tables)));
    }

    private static PushTables changed(long callId, long term, TableEntry... tables) {
        return new PushTables(
                callId,
                term,
                List.of(tables),
                List.of(),
                new TableSlice(NOTHING, NOTHING, List.of()));
    }

    private static PushTables removed(long callId, long term, long tableId) {
        return new PushTables(
                callId,
                term,
                List.of(),
                List.of(new TableId(tableId)),
                new TableSlice(NOTHING, NOTHING, List.of()));
    }

    private static PushTables slice(long callId, long after, long upTo, TableEntry... tables) {
        return new PushTables(
                callId,
                1,
                List.of(),
                List.of(),
                new TableSlice(new TableId(after), new TableId(upTo), List.of(tables)));
    }

    private Optional<Long> tableIdOf(String name) {
        return memDs.find(ACCOUNT, name).map(entry -> entry.table().id().value());
    }

    private PartitionRoute routeAt(long table, PlacementKey key) {
        return memDs.find(new TableId(table), new Spot.At(key)).orElseThrow();
    }

    @Test
    void findsTablesByAccountAndName() {
        tell(everything(1, 1, entry("orders", 7, 3)));
        tell(new FindTable(42, ACCOUNT, "orders"));
        assertThat(answers)
                .containsExactly(
                        new TableFound(42, Optional.of(entry("orders", 7, 3).table()), true));
        tell(new FindTable(43, "111111111111", "orders"));
        assertThat(answers).containsExactly(new TableFound(43, Optional.empty(), true));
    }

    @Test
    void findsThePartitionThatHoldsAKey() {
        tell(everything(1, 1, entry("one", 1, 4), entry("two", 2, 4), entry("three", 3, 4)));
        List<KeyRange> ranges = KeyRange.splitEvenly(4);
        for (int i = 0; i < ranges.size(); i++) {
            PlacementKey inside = ranges.get(i).from().next();
            tell(new FindPartition(9, new TableId(2), new Spot.At(inside)));
            assertThat(answers)
                    .containsExactly(
                            new PartitionFound(
                                    9,
                                    Optional.of(
                                            new PartitionRoute(
                                                    new GroupId(200 + i),
                                                    ranges.get(i),
                                                    MEMBERS,
                                                    Optional.empty(),
                                                    0)),
                                    true));
        }
    }

    @Test
    void findsThePartitionBelowABound() {
        tell(everything(1, 1, entry("one", 1, 4), entry("two", 2, 4), entry("three", 3, 4)));
        List<KeyRange> ranges = KeyRange.splitEvenly(4);
        TableId two = new TableId(2);
        assertThat(memDs.find(two, new Spot.Below(Optional.empty())).orElseThrow().range())
                .isEqualTo(ranges.get(3));
        assertThat(
                        memDs.find(two, new Spot.Below(Optional.of(ranges.get(2).from())))
                                .orElseThrow()
                                .range())
                .isEqualTo(ranges.get(1));
        assertThat(memDs.find(two, new Spot.Below(Optional.of(PlacementKey.FIRST)))).isEmpty();
        assertThat(memDs.find(new TableId(4), new Spot.Below(Optional.empty()))).isEmpty();
        assertThat(memDs.find(new TableId(4), new Spot.At(PlacementKey.FIRST))).isEmpty();
    }

    @Test
    void isReadyOnceTheSlicesOfOneTermHaveCoveredEverything() {
        tell(slice(1, 0, 10, entry("orders", 7, 3)));
        assertThat(answers).containsExactly(new TablesTaken(1, 1, false));
        tell(new FindTable(42, ACCOUNT, "missing"));
        assertThat(answers).containsExactly(new TableFound(42, Optional.empty(), false));
        tell(slice(2, 20, -1, entry("late", 25, 3)));
        assertThat(memDs.isReady()).as("11 to 20 are missing").isFalse();
        tell(slice(3, 10, 20));
        assertThat(memDs.isReady()).isFalse();
        tell(slice(4, 20, -1, entry("late", 25, 3)));
        assertThat(answers).containsExactly(new TablesTaken(4, 1, true));
        tell(slice(5, 0, 10, entry("orders", 7, 3)));
        assertThat(memDs.isReady()).as("it stays ready").isTrue();
    }

    @Test
    void slicesOfTwoTermsDoNotMakeOneRound() {
        tell(slice(1, 0, 10));
        tell(
                new PushTables(
                        1,
                        2,
                        List.of(),
                        List.of(),
                        new TableSlice(new TableId(10), TableSlice.END, List.of())));
        assertThat(memDs.isReady()).isFalse();
    }

    @Test
    void aDeposedAutoAdminChangesNothing() {
        tell(everything(1, 2, entry("orders", 7, 3)));
        tell(changed(900, 1, entry("zombie", 5, 3)));
        assertThat(answers).as("nothing is confirmed").isEmpty();
        tell(removed(901, 1, 7));
        assertThat(tableIdOf("zombie")).isEmpty();
        assertThat(tableIdOf("orders")).contains(7L);
    }

    @Test
    void aPushThatWasOvertakenDoesNotBringARemovedTableBack() {
        tell(changed(1, 1, entry("orders", 7, 3)));
        tell(removed(3, 1, 7));
        tell(changed(2, 1, entry("orders", 7, 3)));
        assertThat(answers).isEmpty();
        assertThat(tableIdOf("orders")).isEmpty();
        assertThat(memDs.find(new TableId(7), new Spot.At(PlacementKey.FIRST))).isEmpty();
    }

    @Test
    void aRepeatedPushIsConfirmedAgain() {
        tell(changed(1, 1, entry("orders", 7, 3)));
        tell(changed(1, 1, entry("orders", 7, 3)));
        assertThat(answers).containsExactly(new TablesTaken(1, 1, false));
    }

    @Test
    void aSliceRemovesWhatItDoesNotName() {
        tell(everything(1, 1, entry("one", 1, 3), entry("two", 2, 3), entry("ten", 10, 3)));
        tell(slice(2, 0, 5, entry("two", 2, 3)));
        assertThat(tableIdOf("one")).isEmpty();
        assertThat(tableIdOf("two")).contains(2L);
        assertThat(tableIdOf("ten")).contains(10L);
        assertThat(memDs.tableCount()).isEqualTo(2);
    }

    @Test
    void aNameGoesToTheTableThatWasCreatedLast() {
        tell(everything(1, 1, entry("orders", 7, 3)));
        tell(changed(2, 1, entry("orders", 8, 3)));
        tell(removed(3, 1, 7));
        assertThat(tableIdOf("orders")).contains(8L);
        assertThat(memDs.find(new TableId(7), new Spot.At(PlacementKey.FIRST))).isEmpty();
        assertThat(routeAt(8, PlacementKey.FIRST).group()).isEqualTo(new GroupId(800));
    }

    @Test
    void aLeaderReplacesAnEarlierOneButNotALaterOne() {
        tell(everything(1, 1, entry("orders", 7, 3)));
        tell(new PushRoutes(List.of(route(700, NODE_B, 5))));
        tell(new PushRoutes(List.of(route(700, NODE_A, 4), route(999, NODE_A, 4))));
        assertThat(routeAt(7, PlacementKey.FIRST).leader()).contains(NODE_B);
        tell(new PushRoutes(List.of(route(700, NODE_C, 6))));
        assertThat(routeAt(7, PlacementKey.FIRST).leader()).contains(NODE_C);
        assertThat(routeAt(7, PlacementKey.FIRST).ballotRound()).isEqualTo(6);
    }

    @Test
    void aTableThatIsToldAgainKeepsItsRoutes() {
        tell(everything(1, 1, entry("orders", 7, 3)));
        tell(new PushRoutes(List.of(route(700, NODE_B, 5))));
        GroupRoute older = route(700, NODE_A, 3);
        TableEntry again = new TableEntry(entry("orders", 7, 3).table(), 2, List.of(older));
        tell(everything(2, 1, again));
        assertThat(routeAt(7, PlacementKey.FIRST).leader()).contains(NODE_B);
    }

    @Test
    void aTableBringsTheRoutesThatAreKnown() {
        TableEntry table =
                new TableEntry(entry("orders", 7, 3).table(), 1, List.of(route(701, NODE_C, 9)));
        tell(everything(1, 1, table));
        PlacementKey second = KeyRange.splitEvenly(3).get(1).from();
        assertThat(routeAt(7, second).leader()).contains(NODE_C);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void nodesThatKnowTheSameHaveTheSameDigest(long seed) {
        Random random = new Random(seed);
        MemDs other = newMemDs();
        List<TableEntry> present = new ArrayList<>();
        List<GroupRoute> routes = new ArrayList<>();
        for (int id = 1; id <= 30; id++) {
            TableEntry table = entry("table-" + id, id, 3);
            tell(changed(id, 1, table));
            if (random.nextBoolean()) {
                present.add(table);
                routes.add(route(id * 100L, NODE_B, random.nextInt(9)));
                tell(new PushRoutes(List.of(routes.getLast())));
            }
        }
        assertThat(memDs.digest()).isNotEqualTo(other.digest());
        PushTables all = everything(1_000, 1, present.toArray(new TableEntry[0]));
        tell(all);
        other.receive(new Envelope(Address.admin(NODE_B), Address.memDs(NODE_A), all));
        for (GroupRoute route : routes.reversed()) {
            other.receive(
                    new Envelope(
                            Address.storage(NODE_B),
                            Address.memDs(NODE_A),
                            new PushRoutes(List.of(route))));
        }
        assertThat(memDs.digest()).isEqualTo(other.digest());
    }
}
