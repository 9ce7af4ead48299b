package dev.stator.core.partition;

import dev.stator.core.format.SealedRow;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Invariants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of the item collections to which writes are under way at the leader, where the table
 * has local secondary indexes.
 *
 * <p>A collection is open for as long as the queue of any of its keys is. Its size is read when it
 * is opened, before any write to it is evaluated, and is from then on the one that the newest write
 * proposed to any of its keys has made: so each write is evaluated on the size that exactly the log
 * below it gives, as on the image of its item.
 */
final class CollectionSizes {
    private final LocalIndexes indexes;
    private final CommittedItems rows;
    private final PartitionHost host;
    private final SequencedMap<PlacementKey, Collection> open = new LinkedHashMap<>();

    /** One item collection. */
    static final class Collection {
        private final PlacementKey key;
        private final List<KeyQueue> waiting = new ArrayList<>(1);
        private int queues;
        private boolean reading = true;
        private long bytes;
        private @Nullable PendingWrite newest;

        private Collection(PlacementKey key) {
            this.key = key;
        }

        long bytes() {
            return bytes;
        }

        /** The newest write to the collection that was proposed while it is open. */
        @Nullable PendingWrite newest() {
            return newest;
        }

        void proposed(PendingWrite write, long bytesThen) {
            Invariants.check(!reading, "a size that is not known yet");
            Invariants.check(bytesThen >= 0, "a collection below nothing", key, bytesThen);
            newest = write;
            bytes = bytesThen;
        }
    }

    CollectionSizes(LocalIndexes indexes, CommittedItems rows, PartitionHost host) {
        this.indexes = indexes;
        this.rows = rows;
        this.host = host;
    }

    /**
     * Opens the collection of a key.
     *
     * @param known called with the queue when the size is known, perhaps from within the call
     * @param damaged called with it where the size cannot be read
     */
    void join(KeyQueue queue, Consumer<KeyQueue> known, Consumer<KeyQueue> damaged) {
        PlacementKey key = queue.key().collection();
        Collection present = open.get(key);
        if (present != null) {
            present.queues++;
            queue.joined(present);
            if (present.reading) {
                present.waiting.add(queue);
            } else {
                known.accept(queue);
            }
            return;
        }
        Collection opened = new Collection(key);
        open.put(key, opened);
        opened.queues++;
        queue.joined(opened);
        opened.waiting.add(queue);
        byte[] row = indexes.sizeKey(key);
        rows.read(
                row,
                value -> release(opened, sizeRead(opened, row, value) ? known : damaged),
                () -> release(opened, damaged));
    }

    private boolean sizeRead(Collection collection, byte[] row, byte @Nullable [] value) {
        try {
            collection.bytes = SealedRow.size(value);
            collection.reading = false;
            return true;
        } catch (MalformedEncodingException e) {
            host.corrupt(row, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static void release(Collection collection, Consumer<KeyQueue> then) {
        List<KeyQueue> released = new ArrayList<>(collection.waiting);
        collection.waiting.clear();
        for (KeyQueue queue : released) {
            if (!queue.abandoned()) {
                then.accept(queue);
            }
        }
    }

    /** The queue of a key is gone. */
    void leave(Collection collection) {
        collection.queues--;
        if (collection.queues == 0) {
            open.remove(collection.key, collection);
        }
    }

    /** Leadership was lost. */
    void abandon() {
        open.clear();
    }
}
