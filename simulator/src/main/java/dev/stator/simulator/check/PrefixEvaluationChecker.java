package dev.stator.simulator.check;

import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreWrite;
import dev.stator.model.Item;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every entry was evaluated on exactly its prefix of the log. The log carries results,
 * not requests; each result names the call that asked for it. So the call is evaluated once more,
 * by the checker's own small model, on what the entries below made of the item: its condition must
 * hold, its result must be the entry's. No call may have two entries, and timestamps of an item
 * never go back. An item that a transaction checked has an entry that changes its timestamp alone.
 */
public final class PrefixEvaluationChecker implements CommittedWrites {
    private static final String NAME = "prefix evaluation";

    private final Violations violations;
    private final Map<Long, Called> calls = new HashMap<>();
    private final Map<ItemKey, List<Guard>> deletes = new HashMap<>();
    private final Map<ItemKey, List<Guard>> checks = new HashMap<>();
    private final Map<ByteBuffer, Current> items = new HashMap<>();
    private long entries;

    private static final class Called {
        private final ItemKey key;
        private final ItemCall call;
        private boolean evaluated;

        Called(ItemKey key, ItemCall call) {
            this.key = key;
            this.call = call;
        }
    }

    /** An item as the log up to now makes it. */
    private record Current(
            @Nullable ItemKey key, ItemImage image, long writeId, long timestampMicros) {
        static final Current NOTHING = new Current(null, ItemImage.ABSENT, 0, Long.MIN_VALUE);
    }

    PrefixEvaluationChecker(Violations violations) {
        this.violations = violations;
    }

    /** A client is about to send a write. */
    public void calling(long writeId, ItemKey key, ItemCall call) {
        if (call instanceof ItemCall.Delete(Guard guard)) {
            deletes.computeIfAbsent(key, _ -> new ArrayList<>()).add(guard);
        } else {
            calls.put(writeId, new Called(key, call));
        }
    }

    /** A client is about to send a transaction that leaves the item as it is, if it is such. */
    public void checking(ItemKey key, Guard guard) {
        checks.computeIfAbsent(key, _ -> new ArrayList<>()).add(guard);
    }

    @Override
    public void committed(StoreWrite write) {
        entries++;
        ByteBuffer place = ByteBuffer.wrap(write.key());
        Current before = items.getOrDefault(place, Current.NOTHING);
        items.put(
                place,
                switch (write) {
                    case StoreWrite.Put(var _, byte[] value) ->
                            put(before, StoredItem.parse(value));
                    case StoreWrite.Delete delete -> deleted(before, delete);
                });
    }

    private Current put(Current before, StoredItem stored) {
        Item item = stored.item();
        ItemImage image = ItemForm.image(item);
        long writeId = ItemForm.writeId(item);
        Called called = calls.get(writeId);
        if (called == null || !ItemForm.isOf(called.key, item)) {
            violations.add(NAME, "the log holds " + image + " by write " + writeId + " of nobody");
        } else if (!isChecked(before, image, writeId)) {
            evaluate(before, image, writeId, called);
        }
        if (stored.timestampMicros() <= before.timestampMicros()) {
            violations.add(
                    NAME,
                    "write %d has timestamp %d after %d"
                            .formatted(
                                    writeId, stored.timestampMicros(), before.timestampMicros()));
        }
        return new Current(
                called == null ? null : called.key, image, writeId, stored.timestampMicros());
    }

    /** What a transaction only checks gets its timestamp, and stays as it is otherwise. */
    private boolean isChecked(Current before, ItemImage image, long writeId) {
        return before.key() != null
                && before.writeId() == writeId
                && before.image().equals(image)
                && checks.getOrDefault(before.key(), List.of()).stream()
                        .anyMatch(guard -> guard.holds(image));
    }

    private void evaluate(Current before, ItemImage image, long writeId, Called called) {
        if (called.evaluated) {
            violations.add(NAME, "write %d of %s has two entries".formatted(writeId, called.key));
        }
        called.evaluated = true;
        boolean holds = called.call.guard().holds(before.image());
        if (!holds || !called.call.after(before.image()).equals(image)) {
            violations.add(
                    NAME,
                    "write %d of %s, %s, is %s in the log, where the item was %s%s"
                            .formatted(
                                    writeId,
                                    called.key,
                                    called.call,
                                    image,
                                    before.image(),
                                    holds ? "" : " and the condition did not hold"));
        }
    }

    /** Nothing is left of a delete but that some call must have asked for it. */
    private Current deleted(Current before, StoreWrite.Delete delete) {
        ItemKey key = before.key();
        if (!before.image().present() || key == null) {
            violations.add(
                    NAME, "a delete of what is not there: " + StoreKey.placementKey(delete.key()));
        } else {
            List<Guard> asked = deletes.getOrDefault(key, List.of());
            if (asked.stream().noneMatch(guard -> guard.holds(before.image()))) {
                violations.add(
                        NAME, "a delete of %s, %s, that nobody asked for".formatted(key, before));
            }
        }
        return new Current(key, ItemImage.ABSENT, 0, before.timestampMicros());
    }

    /** Whether the result of a call that is no delete was ever committed. */
    boolean hasEntry(long writeId) {
        Called called = calls.get(writeId);
        return called != null && called.evaluated;
    }

    /** How many results were evaluated once more. */
    public long entries() {
        return entries;
    }
}
