package dev.stator.storage.store;

import dev.stator.core.store.StoreBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The store of a node, shared by all replicas on it: the items of all their partitions, ordered by
 * key, and for each replication group the position of its log up to which it is applied.
 *
 * <p>It has no log of its own: a write is lost in a crash until a flush contains it, and is then
 * applied again from the replicated log. What a crash leaves is always the result of a prefix of
 * the writes, items and positions together, so the positions found at the next opening tell each
 * group where to go on. May be called from any thread; the writes of one group come from one owner,
 * in the order of its log.
 */
public interface PartitionStore extends StoreReader, AutoCloseable {

    /**
     * Applies batches in their order, all of them or none, together with their positions. Visible
     * to readers when this returns.
     *
     * @throws StoreException where the storage engine fails; the store is then of no use any more
     */
    void write(List<StoreBatch> batches) throws IOException;

    /**
     * The value of a key, if that can be told without reading from the disk: by a thread that must
     * not wait for one.
     */
    MemoryRead getFromMemory(byte[] key) throws IOException;

    /** What memory tells of a key. */
    sealed interface MemoryRead {
        /** This is its value; null where it has none. */
        record Known(byte @Nullable [] value) implements MemoryRead {}

        /** Only the disk can tell. */
        record OnDisk() implements MemoryRead {}
    }

    /** The store as it is now, to read from. */
    StoreView view();

    /**
     * The position of every group: after opening, the durable ones; later, what was written last.
     */
    SortedMap<Long, AppliedPosition> appliedPositions();

    /**
     * Makes durable everything written before the call, and returns the positions that are durable
     * now. Takes as long as writing the content of memory takes; meant for a thread of its own.
     */
    SortedMap<Long, AppliedPosition> flush() throws IOException;

    /**
     * Writes a copy of the store, with everything written before the call, into a directory that
     * does not exist yet; to be opened as a store of the same kind.
     */
    void checkpoint(Path directory) throws IOException;

    /**
     * Flushes and closes. Waits for reads under way and for open views.
     *
     * @throws StoreException where views stay open for longer than {@link #CLOSE_MILLIS_MAX}
     */
    @Override
    void close() throws IOException;

    long CLOSE_MILLIS_MAX = 10_000;
}
