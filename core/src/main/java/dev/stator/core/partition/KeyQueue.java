package dev.stator.core.partition;

import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Caller;
import dev.stator.core.wire.PartitionRequest.OnItem;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Invariants;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The writes to one key that are under way at the leader, evaluated strictly one after the other.
 *
 * <pre>
 *            the item was read
 *  READING ─────────────────────► EVALUATING ──a write is proposed──► PENDING ─┐
 *  (writes wait here)                 │                                 ▲ └────┘ the next is proposed
 *                                     │ none is proposed                │
 *                                     ▼                                 │ the last one is applied
 *                                   gone ◄──────────────────────────────┘
 * </pre>
 *
 * While PENDING, the image is the one that the newest pending write makes, and nothing waits.
 */
final class KeyQueue {
    private final PlacementKey key;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(2);
    private boolean reading = true;
    private boolean abandoned;
    private @Nullable StoredItem image;
    private @Nullable PendingWrite newest;

    /** A write that waits for the item to be read. */
    record Waiting(Caller caller, OnItem request) {}

    /** Null where the table has no local secondary indexes. */
    private CollectionSizes.@Nullable Collection collection;

    KeyQueue(PlacementKey key) {
        this.key = key;
    }

    PlacementKey key() {
        return key;
    }

    void joined(CollectionSizes.Collection itsCollection) {
        collection = itsCollection;
    }

    CollectionSizes.@Nullable Collection collection() {
        return collection;
    }

    boolean reading() {
        return reading;
    }

    void await(Caller caller, OnItem request) {
        Invariants.check(reading, "a write waits for nothing");
        waiting.add(new Waiting(caller, request));
    }

    int waitingCount() {
        return waiting.size();
    }

    @Nullable Waiting nextWaiting() {
        return waiting.poll();
    }

    /** The item was read. */
    void read(@Nullable StoredItem stored) {
        Invariants.check(reading, "an item was read twice");
        reading = false;
        image = stored;
    }

    /** The newest image. */
    @Nullable StoredItem image() {
        Invariants.check(!reading, "an image that is not known yet");
        return image;
    }

    /** The newest write that is proposed and not applied; its image is the image. */
    @Nullable PendingWrite newest() {
        return newest;
    }

    void proposed(PendingWrite write, @Nullable StoredItem itsImage) {
        PendingWrite before = newest;
        Invariants.check(
                before == null || before.lsn() < write.lsn(),
                "an older write becomes the newest of a key",
                write.lsn(),
                before == null ? 0 : before.lsn());
        newest = write;
        image = itsImage;
    }

    /** The newest write changes the image. */
    void changed(@Nullable StoredItem itsImage) {
        image = itsImage;
    }

    /** Leadership was lost: what was being read is not to be used. */
    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }
}
