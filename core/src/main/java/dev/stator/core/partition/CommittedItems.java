package dev.stator.core.partition;

import dev.stator.core.store.StoreWrite;
import dev.stator.model.Bytes;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The single items of a replica as its log has left them: all that is committed, whether or not the
 * store has it yet, and nothing else. What the shard's {@link ItemCache} does not know is read from
 * the store.
 *
 * <p>A value from the store is remembered only where no entry was committed while it was read:
 * otherwise it may be older than one that has come and gone meanwhile.
 */
final class CommittedItems implements ItemCache.Owner {
    private final ItemCache cache;
    private final PartitionHost host;
    private long committedLsn;
    private long appliedLsn;
    private boolean closed;

    CommittedItems(ItemCache cache, PartitionHost host, long appliedLsn) {
        this.cache = cache;
        this.host = host;
        this.committedLsn = appliedLsn;
        this.appliedLsn = appliedLsn;
    }

    /**
     * Reads one item, as it is at the call or later; null where there is none. The completion comes
     * from within the call where the item is in memory.
     */
    void read(byte[] key, Consumer<byte @Nullable []> then, Runnable damaged) {
        Bytes cacheKey = Bytes.wrap(key);
        ItemCache.Image known = cache.find(cacheKey);
        if (known != null) {
            then.accept(known.value());
            return;
        }
        long lsn = committedLsn;
        host.read(
                key,
                value -> {
                    if (lsn == committedLsn && !closed) {
                        cache.loaded(this, lsn, cacheKey, value);
                    }
                    then.accept(value);
                },
                damaged);
    }

    void committed(long lsn, List<StoreWrite> writes) {
        committedLsn = lsn;
        for (int i = 0; i < writes.size(); i++) {
            cache.committed(this, lsn, writes.get(i));
        }
    }

    void applied(long lsn) {
        appliedLsn = lsn;
        cache.trim();
    }

    @Override
    public long appliedLsn() {
        return appliedLsn;
    }

    long committedLsn() {
        return committedLsn;
    }

    boolean allApplied() {
        return appliedLsn == committedLsn;
    }

    /** From now on the store may hold anything, and this replica reads it no more. */
    void close() {
        closed = true;
        cache.forget(this);
    }
}
