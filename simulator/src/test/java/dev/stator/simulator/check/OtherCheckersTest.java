package dev.stator.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.StoredItem;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.replication.NodeId;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each checker on what it must find, and on what it must let pass. */
class OtherCheckersTest {
    private static final ItemKey KEY = new ItemKey("orders", "c1", "once");
    private static final NodeId A = new NodeId(0xA, 1);
    private static final NodeId B = new NodeId(0xB, 2);
    private static final byte[] STORE_KEY = {1, 2, 3};
    private static final byte[] STATE = {7};

    private final Simulation simulation = new Simulation(1, new Trace(0, line -> {}));
    private final Violations violations = new Violations(simulation);
    private final Guarantees guarantees = new Guarantees(simulation, true);
    private final AcknowledgedWriteChecker acknowledged =
            new AcknowledgedWriteChecker(violations, guarantees);
    private final LogAgreementChecker log = new LogAgreementChecker(violations, List.of());
    private final ProgressChecker progress = new ProgressChecker(simulation, violations);

    private static ItemImage value(long token) {
        return ItemImage.of(OptionalLong.of(token), OptionalLong.empty());
    }

    private void passes() {
        assertThat(violations.found()).isEmpty();
    }

    private void fails() {
        assertThat(violations.found()).hasSize(1);
    }

    // ---- Acknowledged writes

    @Test
    void anAcknowledgedInsertIsMissedInALaterRead() {
        acknowledged.inserting(KEY, value(1), 0);
        acknowledged.inserted(KEY, 10);
        acknowledged.seen(KEY, ItemImage.ABSENT, 11, 12);
        fails();
    }

    @Test
    void anAcknowledgedInsertIsMissedInALaterScan() {
        acknowledged.inserting(KEY, value(1), 0);
        acknowledged.inserted(KEY, 10);
        acknowledged.seenOnly(seen("orders", Optional.empty()), 11);
        fails();
    }

    @Test
    void whatWasSeenOnceIsMissedEvenIfItWasNeverAcknowledged() {
        acknowledged.inserting(KEY, value(1), 0);
        acknowledged.seen(KEY, value(1), 5, 6);
        acknowledged.seenOnly(seen("orders", Optional.of("c1")), 7);
        fails();
    }

    @Test
    void aStaleReadProvesNothingWhereClocksRunWrong() {
        Guarantees none = new Guarantees(simulation, false);
        AcknowledgedWriteChecker checker = new AcknowledgedWriteChecker(violations, none);
        checker.inserting(KEY, value(1), 0);
        checker.inserted(KEY, 10);
        checker.seen(KEY, ItemImage.ABSENT, 11, 12);
        passes();
        none.clocksRight();
        checker.seen(KEY, ItemImage.ABSENT, 13, 14);
        fails();
    }

    @Test
    void aReadThatBeganBeforeTheAnswerMaySeeNothing() {
        acknowledged.inserting(KEY, value(1), 0);
        acknowledged.inserted(KEY, 10);
        acknowledged.seen(KEY, ItemImage.ABSENT, 9, 12);
        acknowledged.seenOnly(seen("orders", Optional.of("c2")), 11);
        acknowledged.seenOnly(seen("accounts", Optional.empty()), 11);
        passes();
    }

    @Test
    void anotherValueThanWasInsertedIsFound() {
        acknowledged.inserting(KEY, value(1), 0);
        acknowledged.seen(KEY, value(2), 5, 6);
        fails();
    }

    @Test
    void anItemThatNobodyWroteIsFound() {
        acknowledged.seen(KEY, value(1), 5, 6);
        fails();
    }

    @Test
    void aCounterBelowWhatWasAcknowledgedIsFound() {
        acknowledged.adding(KEY, 5);
        acknowledged.added(KEY, 5);
        acknowledged.finalCount(KEY, 4);
        fails();
    }

    @Test
    void aCounterAboveWhatWasEverAddedIsFound() {
        acknowledged.adding(KEY, 5);
        acknowledged.adding(KEY, 3);
        acknowledged.notAdded(KEY, 3);
        acknowledged.finalCount(KEY, 5);
        passes();
        acknowledged.finalCount(KEY, 8);
        fails();
    }

    private static AcknowledgedWriteChecker.SeenItems seen(
            String table, Optional<String> partition) {
        return new AcknowledgedWriteChecker.SeenItems(table, partition, List.of());
    }

    // ---- The log

    private static StoreBatch entry(long lsn, long token) {
        byte[] item =
                StoredItem.of(ItemForm.item(KEY, value(token), token, 0), 1_000 + token, 10)
                        .bytes();
        return new StoreBatch(
                5, lsn, STATE, List.of(new StoreWrite.Put(STORE_KEY, item)), List.of());
    }

    @Test
    void replicasThatApplyTheSameAgree() {
        log.applied(A, entry(1, 1));
        log.applied(A, entry(2, 2));
        log.applied(B, entry(1, 1));
        log.applied(B, entry(2, 2));
        passes();
        assertThat(log.entries()).isEqualTo(2);
    }

    @Test
    void anotherEntryAtTheSameLsnIsFound() {
        log.applied(A, entry(1, 1));
        log.applied(B, entry(1, 2));
        fails();
    }

    @Test
    void anEntryThatIsSkippedIsFound() {
        log.applied(A, entry(1, 1));
        log.applied(A, entry(3, 3));
        fails();
    }

    @Test
    void aReplicaGoesOnAboveASnapshot() {
        log.applied(A, entry(1, 1));
        log.applied(
                A,
                new StoreBatch(
                        5,
                        0,
                        STATE,
                        List.of(),
                        List.of(new RangeDelete(new byte[] {0}, new byte[] {9}))));
        log.applied(A, new StoreBatch(5, 40, STATE, List.of(), List.of()));
        log.applied(A, entry(41, 9));
        passes();
    }

    // ---- Progress

    @Test
    void requestsMayFailWhileFaultsComeAndAWhileAfter() {
        progress.requestFailed("put", 0, "no leader");
        progress.calm();
        progress.requestFailed("put", ProgressChecker.RECOVERY_NANOS - 1, "no leader");
        passes();
        progress.requestFailed("put", ProgressChecker.RECOVERY_NANOS, "no leader");
        fails();
    }
}
