package dev.stator.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Transaction;
import dev.stator.simulator.history.Transaction.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What the checker must find, and what it must let pass. */
class SerializabilityCheckerTest {
    private static final ItemKey X = new ItemKey("accounts", "x", "");
    private static final ItemKey Y = new ItemKey("accounts", "y", "");

    private final Violations violations =
            new Violations(new Simulation(1, new Trace(0, line -> {})));
    private final SerializabilityChecker checker = new SerializabilityChecker(violations);

    private static SequencedMap<ItemKey, Long> none() {
        return new LinkedHashMap<>();
    }

    private static SequencedMap<ItemKey, Long> one(ItemKey key, long version) {
        SequencedMap<ItemKey, Long> map = none();
        map.put(key, version);
        return map;
    }

    private static SequencedMap<ItemKey, Long> both(long x, long y) {
        SequencedMap<ItemKey, Long> map = one(X, x);
        map.put(Y, y);
        return map;
    }

    private void ended(
            String name,
            SequencedMap<ItemKey, Long> reads,
            SequencedMap<ItemKey, Long> writes,
            Ending ending) {
        checker.ended(new Transaction(name, reads, writes, ending));
    }

    private void versions(List<Long> x, List<Long> y) {
        checker.versions(X, x);
        checker.versions(Y, y);
    }

    private void passes() {
        checker.check();
        assertThat(violations.found()).isEmpty();
    }

    private void fails(String why) {
        checker.check();
        assertThat(violations.found())
                .singleElement()
                .satisfies(found -> assertThat(found.toString()).contains(why));
    }

    @Test
    void aReadOfBothBeforeBetweenAndAfterTwoTransfersIsFine() {
        ended("first", none(), both(1, 2), Ending.DONE);
        ended("second", none(), both(3, 4), Ending.DONE);
        ended("before", both(0, 0), none(), Ending.DONE);
        ended("between", both(1, 2), none(), Ending.DONE);
        ended("after", both(3, 4), none(), Ending.DONE);
        versions(List.of(1L, 3L), List.of(2L, 4L));
        passes();
    }

    @Test
    void aReadThatSeesHalfOfATransferIsFound() {
        ended("transfer", none(), both(1, 2), Ending.DONE);
        ended("torn", both(1, 0), none(), Ending.DONE);
        versions(List.of(1L), List.of(2L));
        fails("no order explains");
    }

    @Test
    void twoTransfersThatOvertookEachOtherAreFound() {
        ended("first", none(), both(1, 2), Ending.DONE);
        ended("second", none(), both(3, 4), Ending.DONE);
        versions(List.of(1L, 3L), List.of(4L, 2L));
        fails("no order explains");
    }

    @Test
    void writeSkewIsFound() {
        ended("left", both(0, 0), one(X, 1), Ending.DONE);
        ended("right", both(0, 0), one(Y, 2), Ending.DONE);
        versions(List.of(1L), List.of(2L));
        fails("no order explains");
    }

    @Test
    void aConditionThatNoLongerHeldIsFound() {
        ended("swap", one(X, 0), one(X, 2), Ending.DONE);
        ended("single", none(), one(X, 1), Ending.DONE);
        versions(List.of(1L, 2L), List.of());
        fails("no order explains");
    }

    @Test
    void singleRequestsOfDifferentItemsOrderNothingByThemselves() {
        ended("x", none(), one(X, 1), Ending.DONE);
        ended("y", none(), one(Y, 2), Ending.DONE);
        ended("read x", one(X, 1), none(), Ending.DONE);
        ended("read y", one(Y, 0), none(), Ending.DONE);
        versions(List.of(1L), List.of(2L));
        passes();
    }

    @Test
    void halfATransactionIsFoundWhateverTheClientKnows() {
        ended("transfer", none(), both(1, 2), Ending.UNKNOWN);
        versions(List.of(1L), List.of());
        fails("of 2 versions");
    }

    @Test
    void anUnknownOneMayBeThereOrNot() {
        ended("there", none(), both(1, 2), Ending.UNKNOWN);
        ended("not there", both(7, 7), both(3, 4), Ending.UNKNOWN);
        versions(List.of(1L), List.of(2L));
        passes();
    }

    @Test
    void anAcknowledgedOneThatIsNotThereIsFound() {
        ended("transfer", none(), both(1, 2), Ending.DONE);
        versions(List.of(), List.of());
        fails("0 were made");
    }

    @Test
    void aCancelledOneThatIsThereIsFound() {
        ended("transfer", none(), both(1, 2), Ending.NOT_DONE);
        versions(List.of(1L), List.of(2L));
        fails("2 were made");
    }

    @Test
    void oneThatWasDoneTwiceIsFound() {
        ended("transfer", none(), both(1, 2), Ending.DONE);
        ended("other", none(), one(X, 3), Ending.DONE);
        versions(List.of(1L, 3L, 1L), List.of(2L));
        fails("made twice");
    }

    @Test
    void aVersionOfNobodyIsFound() {
        ended("read", both(9, 0), none(), Ending.DONE);
        versions(List.of(), List.of());
        fails("nobody made");
    }
}
