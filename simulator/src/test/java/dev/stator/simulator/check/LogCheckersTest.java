package dev.stator.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreWrite;
import dev.stator.model.Item;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Sighting;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The checkers that compare what clients saw and asked for with what is in the log. */
class LogCheckersTest {
    private static final ItemKey KEY = new ItemKey("orders", "c1", "hot");
    private static final ItemKey OTHER = new ItemKey("orders", "c1", "other");
    private static final byte[] PLACE = {0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3};
    private static final long SECOND = 1_000_000_000L;

    private final Simulation simulation = new Simulation(1, new Trace(0, line -> {}));
    private final Violations violations = new Violations(simulation);
    private final Guarantees guarantees = new Guarantees(simulation, true);
    private final CommittedVersions versions = new CommittedVersions(simulation);
    private final EventualReadChecker eventual =
            new EventualReadChecker(simulation, guarantees, violations, versions);
    private final LeaseReadChecker leaseReads =
            new LeaseReadChecker(guarantees, violations, versions);
    private final PrefixEvaluationChecker prefix = new PrefixEvaluationChecker(violations);
    private final ValueOriginChecker origin = new ValueOriginChecker(violations);
    private long timestampMicros = 1_000;

    private static ItemImage image(long token, long count) {
        return ItemImage.of(
                OptionalLong.of(token), count == 0 ? OptionalLong.empty() : OptionalLong.of(count));
    }

    private static ItemCall put(long token, Guard guard) {
        return new ItemCall.Put(image(token, 0), guard);
    }

    private static ItemCall add(long delta) {
        return new ItemCall.Update(OptionalLong.empty(), OptionalLong.of(delta), Guard.NONE);
    }

    /** The entry of a write; at the present time. */
    private void commit(long writeId, ItemImage image) {
        byte[] value =
                StoredItem.of(ItemForm.item(KEY, image, writeId, 0), timestampMicros++, 10).bytes();
        StoreWrite write = new StoreWrite.Put(PLACE, value);
        versions.committed(write);
        prefix.committed(write);
    }

    private void commitDelete() {
        versions.committed(new StoreWrite.Delete(PLACE));
        prefix.committed(new StoreWrite.Delete(PLACE));
    }

    /** A version in the log, whoever asked for it. */
    private void version(long writeId) {
        Item item = ItemForm.item(KEY, image(writeId, 0), writeId, 0);
        byte[] value = StoredItem.of(item, timestampMicros++, 10).bytes();
        versions.committed(new StoreWrite.Put(PLACE, value));
    }

    private static Sighting sighting(long writeId) {
        return new Sighting(image(writeId, 0), writeId);
    }

    private void passes() {
        assertThat(violations.found()).isEmpty();
    }

    private void fails(String part) {
        assertThat(violations.found()).hasSize(1);
        assertThat(violations.found().getFirst().what()).contains(part);
    }

    // ---- Prefix evaluation

    @Test
    void entriesThatWereEvaluatedOneOnTheOtherPass() {
        prefix.calling(1, KEY, put(7, Guard.ABSENT));
        prefix.calling(2, KEY, add(5));
        prefix.calling(3, KEY, new ItemCall.Delete(new Guard.TokenIs(7)));
        prefix.calling(4, KEY, put(8, Guard.ABSENT));
        commit(1, image(7, 0));
        commit(2, image(7, 5));
        commitDelete();
        commit(4, image(8, 0));
        passes();
        assertThat(prefix.entries()).isEqualTo(4);
    }

    @Test
    void twoWritesEvaluatedOnTheSameImageAreFound() {
        prefix.calling(1, KEY, put(7, Guard.NONE));
        prefix.calling(2, KEY, add(5));
        prefix.calling(3, KEY, add(6));
        commit(1, image(7, 0));
        commit(2, image(7, 5));
        commit(3, image(7, 6));
        fails("n=5");
    }

    @Test
    void anEntryWhoseConditionDidNotHoldIsFound() {
        prefix.calling(1, KEY, put(7, Guard.NONE));
        prefix.calling(2, KEY, put(8, Guard.ABSENT));
        commit(1, image(7, 0));
        commit(2, image(8, 0));
        fails("the condition did not hold");
    }

    @Test
    void aCallWithTwoEntriesIsFound() {
        prefix.calling(1, KEY, put(7, Guard.NONE));
        commit(1, image(7, 0));
        commit(1, image(7, 0));
        fails("two entries");
    }

    @Test
    void anEntryThatNobodyAskedForIsFound() {
        prefix.calling(1, OTHER, put(7, Guard.NONE));
        commit(1, image(7, 0));
        fails("of nobody");
    }

    @Test
    void aDeleteThatNobodyAskedForIsFound() {
        prefix.calling(1, KEY, put(7, Guard.NONE));
        prefix.calling(2, KEY, new ItemCall.Delete(new Guard.TokenIs(8)));
        commit(1, image(7, 0));
        commitDelete();
        fails("nobody asked for");
    }

    @Test
    void aTimestampThatGoesBackIsFound() {
        prefix.calling(1, KEY, put(7, Guard.NONE));
        prefix.calling(2, KEY, put(8, Guard.NONE));
        commit(1, image(7, 0));
        timestampMicros -= 1;
        commit(2, image(8, 0));
        fails("timestamp");
    }

    // ---- Lease reads

    @Test
    void aReadOfAnOlderVersionThanWasKnownIsFound() {
        version(1);
        version(2);
        leaseReads.acknowledged(KEY, PLACE, 2, 10);
        leaseReads.read(KEY, PLACE, sighting(1), new LeaseReadChecker.Times(9, 20));
        passes();
        leaseReads.read(KEY, PLACE, sighting(1), new LeaseReadChecker.Times(11, 20));
        fails("version 2 was known already");
    }

    @Test
    void whatOneReadHasSeenALaterOneMustSee() {
        version(1);
        versions.committed(new StoreWrite.Delete(PLACE));
        leaseReads.read(KEY, PLACE, Sighting.ABSENT, new LeaseReadChecker.Times(1, 2));
        leaseReads.read(KEY, PLACE, sighting(1), new LeaseReadChecker.Times(3, 4));
        fails("version 2 was known already");
    }

    @Test
    void anAcknowledgedWriteThatIsInNoLogIsFound() {
        leaseReads.acknowledged(KEY, PLACE, 2, 10);
        fails("nobody has applied it");
    }

    @Test
    void aReadOfWhatIsInNoLogIsFound() {
        leaseReads.read(KEY, PLACE, sighting(3), new LeaseReadChecker.Times(1, 2));
        fails("in no log");
    }

    // ---- Eventual reads

    @Test
    void anEventualReadMaySeeWhatIsNoMoreForAWhile() {
        version(1);
        version(2);
        long bound = EventualReadChecker.STALENESS_NANOS_MAX;
        eventual.read(KEY, PLACE, sighting(1), bound);
        eventual.read(KEY, PLACE, sighting(2), 100 * bound);
        passes();
        assertThat(eventual.stalestNanos()).isEqualTo(bound);
        eventual.read(KEY, PLACE, sighting(1), bound + SECOND);
        fails("no more for");
    }

    @Test
    void anEventualReadOfWhatWasNeverCommittedIsFound() {
        version(1);
        eventual.read(KEY, PLACE, sighting(3), 0);
        fails("never committed");
    }

    // ---- Origin

    @Test
    void aValueThatWasSentForThisItemPasses() {
        origin.calling(1, KEY, put(7, Guard.NONE));
        origin.seen(KEY, ItemForm.item(KEY, image(7, 0), 1, 100));
        passes();
    }

    @Test
    void aValueThatWasSentForAnotherItemIsFound() {
        origin.calling(1, OTHER, put(7, Guard.NONE));
        Item item = ItemForm.item(KEY, image(7, 0), 1, 0);
        origin.seen(KEY, item);
        fails("which nobody wrote");
    }

    @Test
    void aValueThatNobodySentIsFound() {
        origin.calling(1, KEY, put(7, Guard.NONE));
        origin.seen(KEY, ItemForm.item(KEY, image(8, 0), 1, 0));
        fails("which nobody wrote");
    }
}
