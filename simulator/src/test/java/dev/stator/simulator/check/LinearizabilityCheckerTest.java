package dev.stator.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.simulator.check.LinearizabilityChecker.Result;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories written by hand, right and wrong, and random ones that are made wrong. */
class LinearizabilityCheckerTest {
    private static final ItemOutcome DONE =
            new ItemOutcome.Written(Optional.empty(), Optional.empty());
    private static final ItemOutcome UNKNOWN = new ItemOutcome.Unknown();
    private static final ItemOutcome FAILED = new ItemOutcome.ConditionFailed();

    private final List<ItemOperation> history = new ArrayList<>();

    private static ItemImage value(long token) {
        return ItemImage.of(OptionalLong.of(token), OptionalLong.empty());
    }

    private static ItemImage count(long count) {
        return ItemImage.of(OptionalLong.empty(), OptionalLong.of(count));
    }

    private static ItemCall put(long token) {
        return new ItemCall.Put(value(token), Guard.NONE);
    }

    private static ItemCall putIf(long token, Guard guard) {
        return new ItemCall.Put(value(token), guard);
    }

    private static ItemCall add(long delta) {
        return new ItemCall.Update(OptionalLong.empty(), OptionalLong.of(delta), Guard.NONE);
    }

    private static ItemCall delete() {
        return new ItemCall.Delete(Guard.NONE);
    }

    private void call(long from, long to, ItemCall call, ItemOutcome outcome) {
        long end = outcome.equals(UNKNOWN) ? ItemOperation.NEVER : to;
        history.add(new ItemOperation(history.size(), call, outcome, from, end));
    }

    private void read(long from, long to, ItemImage image) {
        call(from, to, new ItemCall.Read(), new ItemOutcome.Seen(image));
    }

    private void isLinearizable() {
        assertThat(LinearizabilityChecker.check(history)).isInstanceOf(Result.Linearizable.class);
    }

    private void isNotLinearizable() {
        assertThat(LinearizabilityChecker.check(history))
                .isInstanceOf(Result.NotLinearizable.class);
    }

    // ---- One after the other

    @Test
    void equalCallsOfUnknownOutcomeCostNoMoreThanTheirNumber() {
        for (int i = 0; i < 40; i++) {
            call(i, i + 1, add(1), UNKNOWN);
        }
        read(100, 101, count(7));
        read(102, 103, count(31));
        assertThat(LinearizabilityChecker.check(history)).isEqualTo(new Result.Linearizable());
        read(104, 105, count(41));
        assertThat(LinearizabilityChecker.check(history))
                .isInstanceOf(Result.NotLinearizable.class);
    }

    @Test
    void givesUpWhereTooManyOrdersArePossible() {
        for (int i = 0; i < 40; i++) {
            call(i, i + 1, add(1L << i), UNKNOWN);
        }
        read(100, 101, count((1L << 40) - 1));
        assertThat(LinearizabilityChecker.check(history)).isEqualTo(new Result.Undecided());
    }

    @Test
    void aReadSeesTheWriteBeforeIt() {
        read(0, 1, ItemImage.ABSENT);
        call(2, 3, put(1), DONE);
        read(4, 5, value(1));
        isLinearizable();
    }

    @Test
    void aStaleReadIsFound() {
        call(0, 1, put(1), DONE);
        call(2, 3, put(2), DONE);
        read(4, 5, value(1));
        isNotLinearizable();
    }

    @Test
    void aLostWriteIsFound() {
        call(0, 1, put(1), DONE);
        read(2, 3, ItemImage.ABSENT);
        isNotLinearizable();
    }

    @Test
    void aValueFromNowhereIsFound() {
        call(0, 1, put(1), DONE);
        read(2, 3, value(9));
        isNotLinearizable();
    }

    @Test
    void aDeletedItemThatComesBackIsFound() {
        call(0, 1, put(1), DONE);
        call(2, 3, delete(), DONE);
        read(4, 5, value(1));
        isNotLinearizable();
    }

    // ---- At the same time

    @Test
    void whatOverlapsMayTakeEffectInEitherOrder() {
        call(0, 10, put(1), DONE);
        call(1, 9, put(2), DONE);
        read(11, 12, value(1));
        isLinearizable();
    }

    @Test
    void twoReadsDoNotSeeTwoWritesInDifferentOrders() {
        call(0, 10, put(1), DONE);
        call(1, 9, put(2), DONE);
        read(2, 3, value(1));
        read(4, 5, value(2));
        read(6, 7, value(1));
        isNotLinearizable();
    }

    @Test
    void whatWasSeenOnceIsNotUnseen() {
        call(0, 10, put(1), DONE);
        read(1, 2, value(1));
        read(3, 4, ItemImage.ABSENT);
        isNotLinearizable();
    }

    @Test
    void aDeleteThatOverlapsMayWaitForWhatItDeletes() {
        call(0, 20, delete(), DONE);
        call(1, 2, add(5), new ItemOutcome.Written(Optional.empty(), Optional.of(count(5))));
        read(21, 22, ItemImage.ABSENT);
        isLinearizable();
    }

    // ---- Conditions and images

    @Test
    void onlyOneOfTwoCreationsSucceeds() {
        call(0, 5, putIf(1, Guard.ABSENT), DONE);
        call(1, 6, putIf(2, Guard.ABSENT), DONE);
        isNotLinearizable();
    }

    @Test
    void aConditionThatFailsWhereItMustHoldIsFound() {
        call(0, 1, put(1), DONE);
        call(2, 3, putIf(2, new Guard.TokenIs(1)), FAILED);
        isNotLinearizable();
    }

    @Test
    void anAnswerWithTheWrongOldImageIsFound() {
        call(0, 1, put(1), DONE);
        call(
                2,
                3,
                put(2),
                new ItemOutcome.Written(Optional.of(ItemImage.ABSENT), Optional.empty()));
        isNotLinearizable();
    }

    @Test
    void additionsCommute() {
        call(0, 10, add(1), DONE);
        call(0, 10, add(2), DONE);
        call(0, 10, add(4), DONE);
        read(3, 4, count(5));
        read(11, 12, count(7));
        isLinearizable();
    }

    @Test
    void anAdditionThatIsDoneTwiceIsFound() {
        call(0, 1, add(3), DONE);
        read(2, 3, count(6));
        isNotLinearizable();
    }

    // ---- Unknown outcomes

    @Test
    void anUnknownWriteMayNeverTakeEffect() {
        call(0, 1, put(1), DONE);
        call(2, 3, put(2), UNKNOWN);
        read(4, 5, value(1));
        read(100, 101, value(1));
        isLinearizable();
    }

    @Test
    void anUnknownWriteMayTakeEffectMuchLater() {
        call(0, 1, put(1), DONE);
        call(2, 3, put(2), UNKNOWN);
        read(4, 5, value(1));
        read(100, 101, value(2));
        isLinearizable();
    }

    @Test
    void anUnknownWriteTakesEffectOnceOnly() {
        call(0, 1, add(1), UNKNOWN);
        read(2, 3, count(1));
        read(4, 5, count(2));
        isNotLinearizable();
    }

    @Test
    void anUnknownWriteDoesNotTakeEffectBeforeItsCall() {
        read(0, 1, value(1));
        call(2, 3, put(1), UNKNOWN);
        isNotLinearizable();
    }

    @Test
    void theSumTellsWhichUnknownAdditionsTookEffect() {
        call(0, 1, add(1), UNKNOWN);
        call(0, 1, add(2), UNKNOWN);
        call(0, 1, add(4), UNKNOWN);
        read(2, 3, count(5));
        read(4, 5, count(7));
        isLinearizable();
        read(6, 7, count(6));
        isNotLinearizable();
    }

    // ---- Long and random

    @Test
    void hundredsOfCallsOfManyClientsAreCheckedAndAnyWrongReadIsFound() {
        for (long seed = 1; seed <= 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            history.clear();
            List<Integer> reads = simulate(random, 400, 8);
            assertThat(LinearizabilityChecker.check(history))
                    .as("seed " + seed)
                    .isInstanceOf(Result.Linearizable.class);
            int index = reads.get(random.nextInt(reads.size()));
            ItemOperation read = history.get(index);
            history.set(
                    index,
                    new ItemOperation(
                            read.number(),
                            read.call(),
                            new ItemOutcome.Seen(value(-1)),
                            read.calledNanos(),
                            read.endedNanos()));
            assertThat(LinearizabilityChecker.check(history))
                    .as("seed " + seed)
                    .isInstanceOf(Result.NotLinearizable.class);
        }
    }

    /** Calls that take effect at one moment each, a few of them with unknown outcome. */
    private List<Integer> simulate(SplittableRandom random, int calls, int clients) {
        record Effect(long at, long from, long to, ItemCall call, boolean unknown) {}
        List<Effect> effects = new ArrayList<>();
        long[] free = new long[clients];
        for (int i = 0; i < calls; i++) {
            int client = random.nextInt(clients);
            long from = free[client] + random.nextInt(20);
            long at = from + random.nextInt(30);
            long to = at + 1 + random.nextInt(30);
            free[client] = to;
            ItemCall call =
                    switch (random.nextInt(5)) {
                        case 0 -> put(i);
                        case 1 -> add(1 + random.nextInt(1_000));
                        case 2 -> delete();
                        default -> new ItemCall.Read();
                    };
            boolean unknown = !(call instanceof ItemCall.Read) && random.nextInt(40) == 0;
            effects.add(new Effect(at, from, to, call, unknown));
        }
        effects.sort((a, b) -> Long.compare(a.at(), b.at()));
        List<Integer> reads = new ArrayList<>();
        ItemImage image = ItemImage.ABSENT;
        for (Effect effect : effects) {
            boolean happens = !effect.unknown() || random.nextBoolean();
            image = happens ? effect.call().after(image) : image;
            if (effect.call() instanceof ItemCall.Read) {
                reads.add(history.size());
                read(effect.from(), effect.to(), image);
            } else {
                call(effect.from(), effect.to(), effect.call(), effect.unknown() ? UNKNOWN : DONE);
            }
        }
        return reads;
    }

    /** It wrote nothing, and was answered by a leader that another one had replaced. */
    @Test
    void aDeleteThatFindsNothingMayBeOfThePastWhereClocksRunWrong() {
        call(0, 1, put(1), DONE);
        call(2, 3, delete(), DONE);
        call(4, 5, putIf(2, new Guard.TokenIs(1)), DONE);
        assertThat(LinearizabilityChecker.check(history))
                .isInstanceOf(Result.NotLinearizable.class);
        Guarantees none = new Guarantees(new Simulation(1, new Trace(0, line -> {})), false);
        assertThat(LinearizabilityChecker.check(none.given(history)))
                .isInstanceOf(Result.Linearizable.class);
        none.clocksRight();
        assertThat(LinearizabilityChecker.check(none.given(history)))
                .isInstanceOf(Result.NotLinearizable.class);
    }

    @Test
    void aDeleteThatFoundSomethingIsAWriteHoweverClocksRun() {
        call(0, 1, put(1), DONE);
        call(2, 3, delete(), new ItemOutcome.Written(Optional.of(value(1)), Optional.empty()));
        call(4, 5, putIf(2, new Guard.TokenIs(1)), DONE);
        Guarantees none = new Guarantees(new Simulation(1, new Trace(0, line -> {})), false);
        assertThat(LinearizabilityChecker.check(none.given(history)))
                .isInstanceOf(Result.NotLinearizable.class);
    }
}
