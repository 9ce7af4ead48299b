package dev.stator.core.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.changes.IndexedTable.Envelope;
import dev.stator.core.changes.IndexedTable.Replica;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage.ChangesTaken;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.model.table.IndexStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a propagator feeds an index, step by step; see {@link IndexedTable}. */
class PropagatorTest {
    /** Of the colors, these two are in different partitions of the index. */
    private static final String LOW = "c0";

    private static final String HIGH = "c4";

    private static final int BIG_CHARS = 100_000;

    private final IndexedTable table = new IndexedTable();

    private void checkSame() {
        assertThat(table.indexed()).isEqualTo(table.expected());
    }

    private void defineActive() {
        table.define(IndexStatus.ACTIVE);
        table.settle();
    }

    /** The one piece that is under way. */
    private Envelope onlyPiece() {
        assertThat(table.pieces()).hasSize(1);
        return table.pieces().getFirst();
    }

    private Replica electSource() {
        Replica old = table.table.elect();
        assertThat(old).isNotNull();
        return old;
    }

    /** Commits a write and lets the feed read what to send. */
    private void commitAndRead() {
        table.table.commitAll();
        table.table.leader().completeScans();
    }

    @Test
    void theTwoColorsAreInDifferentPartitions() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        TakeChanges low = (TakeChanges) onlyPiece().message();
        table.settle();
        table.put("l", HIGH);
        commitAndRead();
        assertThat(((TakeChanges) onlyPiece().message()).group()).isNotEqualTo(low.group());
    }

    @Test
    void nothingIsSentBeforeTheIndexHasSaidWhereItIs() {
        table.define(IndexStatus.ACTIVE);
        table.put("k", LOW);
        commitAndRead();
        assertThat(table.wire).hasSize(2);
        assertThat(table.pieces()).isEmpty();
        table.settle();
        checkSame();
    }

    @Test
    void anEntryMovesFromOnePartitionToAnother() {
        defineActive();
        table.put("k", LOW);
        table.settle();
        table.put("k", HIGH);
        table.settle();
        assertThat(table.indexed()).hasSize(1);
        checkSame();
    }

    @Test
    void whatDoesNotConcernTheIndexIsNotRecorded() {
        defineActive();
        table.put("k", LOW);
        table.settle();
        long before = table.table.leader().records().recordedBytes();
        table.put("k", LOW);
        table.settle();
        assertThat(table.table.leader().records().recordedBytes()).isEqualTo(before);
    }

    @Test
    void onePageIsUnderWayAtATime() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        table.put("l", HIGH);
        commitAndRead();
        onlyPiece();
        table.settle();
        checkSame();
    }

    @Test
    void aPieceThatIsRepeatedIsTakenOnce() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        Envelope piece = onlyPiece();
        table.settle();
        table.delete("k");
        table.settle();
        table.repeat(piece);
        table.settle();
        assertThat(table.indexed()).isEmpty();
    }

    @Test
    void aLostPieceIsSentAgain() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        Envelope piece = onlyPiece();
        table.wire.clear();
        table.pass(FeedTarget.RESEND_NANOS - 1);
        assertThat(table.wire).isEmpty();
        table.pass(1);
        assertThat(onlyPiece().message()).isEqualTo(piece.message());
        table.settle();
        checkSame();
    }

    @Test
    void anAnswerToAnEarlierPieceChangesNothing() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        table.deliver(onlyPiece());
        table.groups.values().forEach(IndexedTable.Group::commitAll);
        Envelope answer = table.wire.getFirst();
        assertThat(answer.message()).isInstanceOf(ChangesTaken.class);
        table.settle();
        table.delete("k");
        commitAndRead();
        table.repeat(answer);
        onlyPiece();
        table.settle();
        assertThat(table.indexed()).isEmpty();
    }

    /** It took a piece of a leader that was deposed, which ends before the one under way. */
    @Test
    void whereTheIndexIsElsewhereWhatFollowsFromThereIsSent() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        Envelope early = onlyPiece();
        table.wire.clear();
        table.put("l", LOW);
        electSource();
        askOnly();
        Envelope late = onlyPiece();
        assertThat(late.message()).isNotEqualTo(early.message());
        table.deliver(late);
        Envelope answer = lastWins(early);
        table.deliver(answer);
        table.settle();
        checkSame();
        assertThat(table.indexed()).hasSize(2);
    }

    /** The new leader learns where the index is, and reads what to send. */
    private void askOnly() {
        while (table.pieces().isEmpty()) {
            table.deliver(table.wire.getFirst());
            commitAndRead();
        }
    }

    /** In place of a piece that was just proposed, an earlier one is taken: that one is lost. */
    private Envelope lastWins(Envelope early) {
        IndexedTable.Group target = table.groupOf(early);
        target.loseTail();
        target.elect();
        table.repeat(early);
        target.commitAll();
        table.wire.clear();
        table.pass(FeedTarget.RESEND_NANOS);
        table.deliver(onlyPiece());
        return table.wire.getFirst();
    }

    @Test
    void aNewLeaderSendsNothingThatTheIndexHas() {
        defineActive();
        table.put("k", LOW);
        table.commit();
        table.deliver(onlyPiece());
        table.commit();
        table.wire.clear();
        electSource();
        long entries = table.target(0).lastLsn();
        table.settle();
        assertThat(table.target(0).lastLsn()).isEqualTo(entries);
        checkSame();
        assertThat(table.recordsLeft()).isZero();
    }

    @Test
    void aLeaderOfTheIndexThatLostAPieceIsSentItAgain() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        Envelope piece = onlyPiece();
        table.deliver(piece);
        IndexedTable.Group target = table.groupOf(piece);
        target.loseTail();
        target.elect();
        table.settle();
        checkSame();
    }

    @Test
    void recordsStayUntilTheIndexHasThem() {
        defineActive();
        table.put("k", LOW);
        table.settle();
        table.put("k", HIGH);
        for (int i = 0; i < 100; i++) {
            table.commit();
            table.wire.removeIf(envelope -> isFor(envelope, table.target(1)));
            List.copyOf(table.wire).forEach(table::deliver);
            table.pass(Propagator.TRIM_NANOS);
        }
        assertThat(table.indexed()).as("one partition has taken it").isEmpty();
        assertThat(table.recordsLeft()).isEqualTo(1);
        table.settle();
        table.pass(Propagator.TRIM_NANOS);
        table.settle();
        assertThat(table.recordsLeft()).isZero();
        checkSame();
    }

    private static boolean isFor(Envelope envelope, IndexedTable.Group group) {
        return envelope.message() instanceof TakeChanges piece && piece.group().equals(group.id);
    }

    @Test
    void recordsOfAnIndexThatIsDroppedAreRemoved() {
        table.define(IndexStatus.ACTIVE);
        table.put("k", LOW);
        table.table.commitAll();
        assertThat(table.recordsLeft()).isEqualTo(1);
        table.drop();
        table.wire.clear();
        table.pass(Propagator.TRIM_NANOS);
        table.settle();
        assertThat(table.recordsLeft()).isZero();
        assertThat(table.indexed()).isEmpty();
    }

    /** Its partitions are others, so what was under way to the old ones cannot reach them. */
    @Test
    void anIndexOfTheSameNameIsToldNothingOfTheOldOne() {
        defineActive();
        table.put("k", LOW);
        commitAndRead();
        Envelope old = onlyPiece();
        table.wire.clear();
        table.drop();
        table.delete("k");
        table.commit();
        table.anotherIndex(IndexedTable.COLOR);
        table.define(IndexStatus.CREATING);
        table.settle();
        table.repeat(old);
        table.settle();
        assertThat(table.indexed()).isEmpty();
    }

    /** They do not say what the items were in its attributes. */
    @Test
    void recordsFromBeforeAnIndexAreNotForIt() {
        table.define(IndexStatus.ACTIVE);
        table.put(IndexedTable.item("k", "c0", "n1"));
        table.put(IndexedTable.item("k", "c4", "n2"));
        table.table.commitAll();
        table.wire.clear();
        table.drop();
        assertThat(table.recordsLeft()).isEqualTo(2);
        table.anotherIndex(IndexedTable.NOTE);
        table.define(IndexStatus.CREATING);
        table.settle();
        assertThat(table.indexed()).hasSize(1);
        checkSame();
    }

    // ---- Backfill

    @Test
    void itemsThatWereThereBeforeAreFilledInPageByPage() {
        for (int i = 0; i < 10; i++) {
            table.put(IndexedTable.item("k" + i, "c" + i, "x".repeat(BIG_CHARS)));
        }
        table.commit();
        table.define(IndexStatus.CREATING);
        assertThat(table.table.leader().propagator.backfilled()).isEmpty();
        table.settle();
        checkSame();
        assertThat(table.indexed()).hasSize(10);
        assertThat(table.table.leader().propagator.backfilled())
                .containsExactly(table.index().placement().id());
    }

    @Test
    void anIndexThatWasThereBeforeAnyItemIsNotFilledIn() {
        table.put("k", LOW);
        table.commit();
        table.define(IndexStatus.ACTIVE);
        table.settle();
        assertThat(table.indexed()).isEmpty();
        assertThat(table.table.leader().propagator.backfilled()).isEmpty();
    }

    /** A page with the item is under way while the item is deleted. */
    @Test
    void anItemThatIsDeletedDuringBackfillIsNotInTheIndex() {
        table.put("k", LOW);
        table.commit();
        table.define(IndexStatus.CREATING);
        askOnly();
        table.delete("k");
        table.table.commitAll();
        table.settle();
        assertThat(table.indexed()).isEmpty();
    }

    /** The page reads the item as it will be when all records are in the index. */
    @Test
    void anItemThatIsWrittenDuringBackfillIsInTheIndexOnce() {
        table.put("k", "c0");
        table.commit();
        table.define(IndexStatus.CREATING);
        for (int i = 1; i < 10; i++) {
            table.put("k", "c" + i);
        }
        table.table.commitAll();
        table.settle();
        assertThat(table.indexed()).hasSize(1);
        checkSame();
    }

    /**
     * What was read of the items is ahead of the records; until these are in, the index goes back.
     */
    @Test
    void anIndexIsNotBackfilledBeforeItHoldsWhatItsItemsWereReadWith() {
        String note = "x".repeat(BIG_CHARS);
        table.put(IndexedTable.item("k", "c0", note));
        table.commit();
        table.define(IndexStatus.CREATING);
        List.copyOf(table.wire).forEach(table::deliver);
        List.copyOf(table.wire).forEach(table::deliver);
        for (String color : List.of("c1", "c2", "c4")) {
            table.put(IndexedTable.item("k", color, note));
        }
        table.table.commitAll();
        Propagator propagator = table.table.leader().propagator;
        for (int i = 0; i < 100; i++) {
            table.table.leader().completeScans();
            List.copyOf(table.wire).forEach(table::deliver);
            table.groups.values().forEach(IndexedTable.Group::commitAll);
            if (!propagator.backfilled().isEmpty()) {
                checkSame();
            }
        }
        assertThat(propagator.backfilled()).isNotEmpty();
    }

    /** The page was read by a leader that was deposed, and comes when a later record was taken. */
    @Test
    void aLatePageOfItemsIsNotTaken() {
        table.put("k", LOW);
        table.commit();
        table.define(IndexStatus.CREATING);
        askOnly();
        List<Envelope> late = table.pieces();
        table.wire.clear();
        table.delete("k");
        table.table.commitAll();
        electSource();
        table.settle();
        late.forEach(table::repeat);
        table.settle();
        assertThat(table.indexed()).isEmpty();
    }

    /**
     * It does not know that it was deposed, and is told how far the index has got with records that
     * it does not have; the items in its store are older than that.
     */
    @Test
    void aDeposedLeaderSendsNoItemsThatAreOlderThanTheIndex() {
        table.put("k", LOW);
        table.commit();
        table.define(IndexStatus.CREATING);
        List<Envelope> questions = List.copyOf(table.wire);
        table.wire.clear();
        Replica deposed = electSource();
        table.delete("k");
        table.table.commitAll();
        table.table.leader().completeScans();
        takeOnlyTheRecord();

        questions.forEach(table::repeat);
        List.copyOf(table.wire).forEach(table::deliver);
        deposed.completeScans();
        table.pieces().stream()
                .filter(piece -> piece.from().equals(deposed))
                .forEach(table::deliver);
        table.settle();

        assertThat(table.indexed()).isEmpty();
    }

    /** The new leader delivers the record of the deletion, and falls silent. */
    private void takeOnlyTheRecord() {
        askOnly();
        table.pieces().forEach(table::deliver);
        table.groups.values().forEach(IndexedTable.Group::commitAll);
        assertThat(table.position(0).lsn() + table.position(1).lsn()).isPositive();
        assertThat(table.position(0).backfilled() || table.position(1).backfilled()).isFalse();
        table.wire.clear();
    }

    // ---- Lag

    @Test
    void anIndexThatIsUpToDateHasNoLag() {
        defineActive();
        assertThat(table.table.leader().propagator.lag()).isEqualTo(Propagator.Lag.NONE);
        table.put("k", LOW);
        table.settle();
        assertThat(table.table.leader().propagator.lag()).isEqualTo(Propagator.Lag.NONE);
    }

    @Test
    void theLagIsTheTimeForWhichAnIndexHasLackedSomething() {
        defineActive();
        table.put("k", LOW);
        table.table.commitAll();
        table.pass(TimeUnit.SECONDS.toNanos(7));
        Propagator.Lag lag = table.table.leader().propagator.lag();
        assertThat(lag.nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
        assertThat(lag.bytes()).isPositive();
    }

    /** There is always something under way, and never anything old. */
    @Test
    void theLagOfATableInUseDoesNotGrow() {
        defineActive();
        long step = TimeUnit.MILLISECONDS.toNanos(10);
        for (int i = 0; i < 1_000; i++) {
            table.put("k", "c" + i);
            commitAndRead();
            List<Envelope> sent = List.copyOf(table.wire);
            table.put("l", "c" + i);
            table.table.commitAll();
            sent.forEach(table::deliver);
            table.groups.values().forEach(IndexedTable.Group::commitAll);
            List.copyOf(table.wire).stream()
                    .filter(envelope -> envelope.message() instanceof ChangesTaken)
                    .forEach(table::deliver);
            table.pass(step);
            assertThat(table.table.leader().propagator.lag().nanos()).isLessThanOrEqualTo(5 * step);
        }
    }

    @Test
    void aNewLeaderBeginsWithTheOldestRecordThereIs() {
        defineActive();
        table.put("k", LOW);
        table.table.commitAll();
        table.wire.clear();
        electSource();
        assertThat(table.table.leader().records().bytes()).isPositive();
        assertThat(table.position(0)).isEqualTo(FeedPosition.START);
        table.settle();
        checkSame();
    }
}
