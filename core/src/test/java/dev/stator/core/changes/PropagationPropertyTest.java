package dev.stator.core.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.changes.IndexedTable.Envelope;
import dev.stator.core.changes.IndexedTable.Replica;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.model.table.IndexStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever messages are lost, late or repeated, and whoever leads on either side, or goes on as if
 * it led: in the end an index holds exactly the entries of the table's items.
 *
 * <p>A failure names its seed. Replay it by {@code ./build -pl core -am test
 * -Dtest=PropagationPropertyTest -Dsurefire.failIfNoSpecifiedTests=false -Dstator.seed=N}, try more
 * by {@code -Dstator.seeds=N}.
 */
class PropagationPropertyTest {
    private static final int SEEDS = Integer.getInteger("stator.seeds", 400);
    private static final int STEPS = 400;

    /** Of a seed in four; a page holds few of such items. */
    private static final int NOTE_CHARS = 50_000;

    private static final int HEAVY_ONE_IN = 4;

    /** The table has a local index as well. */
    private static final int LOCAL_ONE_IN = 3;

    /** Messages that may come once more, however late. */
    private static final int MEMORIES_MAX = 40;

    @Test
    void anIndexFollowsItsTableWhateverHappensOnTheWay() {
        Long seed = Long.getLong("stator.seed");
        if (seed != null) {
            run(seed);
            return;
        }
        for (long next = 1; next <= SEEDS; next++) {
            run(next);
        }
    }

    private static void run(long seed) {
        try {
            new History(seed).run();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static final class History {
        private final Random random;
        private final IndexedTable table;
        private final List<Envelope> memories = new ArrayList<>();
        private final List<Replica> deposed = new ArrayList<>();
        private final boolean isHeavy;
        private final boolean hasLocal;
        private boolean defined;

        History(long seed) {
            random = new Random(seed);
            isHeavy = seed % HEAVY_ONE_IN == 0;
            hasLocal = seed % LOCAL_ONE_IN == 0;
            table = new IndexedTable(hasLocal);
        }

        void run() {
            int definedAt = random.nextInt(STEPS / 2);
            boolean early = definedAt < STEPS / 20;
            if (early) {
                define(IndexStatus.ACTIVE);
            }
            for (int i = 0; i < STEPS; i++) {
                if (i == definedAt && !early) {
                    define(IndexStatus.CREATING);
                }
                act();
            }
            deposed.forEach(Replica::stopLeading);
            table.wire.clear();
            if (!defined) {
                define(IndexStatus.CREATING);
            }
            table.settle();
            assertThat(table.indexed()).isEqualTo(table.expected());
            assertThat(table.recordsLeft()).isZero();
            assertThat(table.inLocalIndex())
                    .containsExactlyInAnyOrderElementsOf(
                            hasLocal ? table.itemsWithNotes() : List.of());
        }

        private void define(IndexStatus status) {
            table.commit();
            table.define(status);
            defined = true;
        }

        private void act() {
            switch (random.nextInt(21)) {
                case 0, 1, 2, 3 -> put("k" + random.nextInt(12), "c" + random.nextInt(6));
                case 4 -> table.delete("k" + random.nextInt(12));
                case 5, 6, 7 -> table.table.commitNext();
                case 8, 9 -> anyTarget().commitNext();
                case 10, 11, 12 -> deliver();
                case 13 -> repeat();
                case 14 -> completeScan();
                case 15, 16 -> table.table.leader().completeScans();
                case 17 -> table.pass(random.nextLong(FeedTarget.RESEND_NANOS));
                case 18 -> electSource();
                case 19 -> replace();
                default -> electTarget();
            }
        }

        private void put(String pk, String color) {
            String note = isHeavy ? "x".repeat(NOTE_CHARS) : "n" + random.nextInt(3);
            table.put(IndexedTable.item(pk, color, note));
        }

        /** The index goes, and one of the same name comes; or it stays. */
        private void replace() {
            if (defined && random.nextInt(20) == 0) {
                table.commit();
                table.drop();
                table.anotherIndex(random.nextBoolean() ? IndexedTable.COLOR : IndexedTable.NOTE);
                define(IndexStatus.CREATING);
            }
        }

        private IndexedTable.Group anyTarget() {
            return table.target(random.nextInt(2));
        }

        private void deliver() {
            if (table.wire.isEmpty()) {
                return;
            }
            Envelope envelope = table.wire.get(random.nextInt(table.wire.size()));
            if (envelope.message() instanceof TakeChanges && memories.size() < MEMORIES_MAX) {
                memories.add(envelope);
            }
            if (random.nextInt(10) == 0) {
                table.wire.remove(envelope);
            } else {
                table.deliver(envelope);
            }
        }

        private void repeat() {
            if (!memories.isEmpty()) {
                table.repeat(memories.remove(random.nextInt(memories.size())));
            }
        }

        /** Somebody who may lead no more reads on. */
        private void completeScan() {
            if (!deposed.isEmpty()) {
                Replica old = deposed.get(random.nextInt(deposed.size()));
                old.completeScans();
                old.propagator.advance();
            }
        }

        private void electSource() {
            if (random.nextInt(4) != 0) {
                return;
            }
            if (random.nextBoolean()) {
                table.table.loseTail();
            }
            Replica old = table.table.elect();
            if (old != null) {
                deposed.add(old);
            }
            if (deposed.size() > 2) {
                deposed.removeFirst().stopLeading();
            }
        }

        private void electTarget() {
            if (random.nextInt(4) == 0) {
                IndexedTable.Group target = anyTarget();
                if (random.nextBoolean()) {
                    target.loseTail();
                }
                target.elect();
            }
        }
    }
}
