package dev.stator.core.partition;

import dev.stator.core.store.StoreWrite;
import dev.stator.model.Bytes;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Items of all partitions of a shard as the log has left them: those that are committed and not yet
 * in the store, and beyond these, up to a number of bytes, those that were lately written or read.
 *
 * <p>What is not here is in the store: an item leaves only once the store has applied its last
 * write. That an item does not exist is remembered like any other value.
 *
 * <p>Single owner; pure. The order in which items leave follows from the calls alone.
 */
public final class ItemCache {
    /** What an entry takes besides its key and value: objects, references, the arrays' headers. */
    private static final int OVERHEAD_BYTES = 160;

    private final long bytesMax;

    /** The least recently used first. */
    private final SequencedMap<Bytes, Image> images = new LinkedHashMap<>(16, 0.75F, true);

    private long bytes;

    /** The partition that an image belongs to. */
    interface Owner {
        /** Up to where the store holds the effects of the log. */
        long appliedLsn();
    }

    /**
     * An item's last committed image.
     *
     * @param lsn of the entry that made it, or one that the store had applied when it was read
     * @param value as in the store; null where there is no such item
     */
    record Image(Owner owner, long lsn, byte @Nullable [] value) {
        boolean inStore() {
            return lsn <= owner.appliedLsn();
        }
    }

    /**
     * @param bytesMax how much to remember, in bytes of heap, of what the store holds as well
     */
    public ItemCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The last committed image of an item; null where only the store knows. */
    @Nullable Image find(Bytes key) {
        return images.get(key);
    }

    /** The entry of this LSN, committed and on its way to the store, changes an item. */
    void committed(Owner owner, long lsn, StoreWrite write) {
        put(Bytes.wrap(write.key()), new Image(owner, lsn, valueOf(write)));
    }

    private static byte @Nullable [] valueOf(StoreWrite write) {
        return switch (write) {
            case StoreWrite.Put(byte[] _, byte[] value) -> value;
            case StoreWrite.Delete(byte[] _) -> null;
        };
    }

    /** The store, which has applied the log up to this LSN, was read. */
    void loaded(Owner owner, long lsn, Bytes key, byte @Nullable [] value) {
        put(key, new Image(owner, lsn, value));
        trim();
    }

    private void put(Bytes key, Image image) {
        Image before = images.put(key, image);
        bytes += sizeOf(key, image) - (before == null ? 0 : sizeOf(key, before));
    }

    private static int sizeOf(Bytes key, Image image) {
        byte[] value = image.value();
        return OVERHEAD_BYTES + key.size() + (value == null ? 0 : value.length);
    }

    /**
     * Forgets what was used least recently, until the rest has room, or its eldest item is still on
     * its way to the store.
     */
    void trim() {
        while (bytes > bytesMax) {
            var eldest = images.firstEntry();
            if (eldest == null || !eldest.getValue().inStore()) {
                return;
            }
            images.pollFirstEntry();
            bytes -= sizeOf(eldest.getKey(), eldest.getValue());
        }
    }

    /** Forgets all of a partition, on its way to the store or not. */
    void forget(Owner owner) {
        var entries = images.entrySet().iterator();
        while (entries.hasNext()) {
            var entry = entries.next();
            if (entry.getValue().owner().equals(owner)) {
                bytes -= sizeOf(entry.getKey(), entry.getValue());
                entries.remove();
            }
        }
    }
}
