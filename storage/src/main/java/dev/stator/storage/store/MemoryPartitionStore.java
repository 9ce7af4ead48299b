package dev.stator.storage.store;

import dev.stator.core.store.KeyRange;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory: for runs that keep nothing, and the twin of the one on disk in simulations. It
 * keeps its state after each write since the last flush, so that {@link #crash} can go back to any
 * of them; as its maps are persistent, a state costs the paths that the write changed.
 */
public final class MemoryPartitionStore implements PartitionStore {
    /**
     * With more writes unflushed the oldest becomes durable by itself, as when a memtable fills.
     */
    public static final int UNFLUSHED_WRITES_MAX = 10_000;

    /** Items and positions, each with its checksum, as they were after some write. */
    record State(PersistentMap items, PersistentMap positions) {
        static final State EMPTY = new State(PersistentMap.EMPTY, PersistentMap.EMPTY);

        State apply(StoreBatch batch) {
            PersistentMap changed = items;
            for (RangeDelete delete : batch.rangeDeletes()) {
                changed = changed.without(delete.range());
            }
            for (StoreWrite write : batch.writes()) {
                changed =
                        switch (write) {
                            case StoreWrite.Put(var key, var value) ->
                                    changed.with(key, ChecksummedValue.encode(key, value));
                            case StoreWrite.Delete(var key) -> changed.without(key);
                        };
            }
            byte[] group = StoredPosition.key(batch.groupId());
            return new State(
                    changed,
                    batch.removesPosition()
                            ? positions.without(group)
                            : positions.with(group, StoredPosition.value(group, batch)));
        }

        SortedMap<Long, AppliedPosition> appliedPositions() throws CorruptItemException {
            SortedMap<Long, AppliedPosition> found = new TreeMap<>();
            positions.<CorruptItemException>forEach((key, stored) -> {
                found.put(StoredPosition.groupId(key), StoredPosition.read(key, stored));
                return true;
            });
            return found;
        }
    }

    private final UseGuard guard = new UseGuard("the store");
    // The states after the writes that are not durable yet, in their order; the last is current.
    private final ArrayDeque<State> unflushed = new ArrayDeque<>();
    private State durable;
    private volatile State current;

    public MemoryPartitionStore() {
        this(State.EMPTY);
    }

    private MemoryPartitionStore(State state) {
        durable = state;
        current = state;
    }

    /** Opens what {@link #checkpoint} wrote. */
    public static MemoryPartitionStore openCheckpoint(Path directory) throws IOException {
        return new MemoryPartitionStore(MemoryCheckpoint.read(directory));
    }

    @Override
    public synchronized void write(List<StoreBatch> batches) {
        guard.enter();
        try {
            State state = current;
            for (StoreBatch batch : batches) {
                state = state.apply(batch);
            }
            current = state;
            unflushed.addLast(state);
            if (unflushed.size() > UNFLUSHED_WRITES_MAX) {
                durable = unflushed.removeFirst();
            }
        } finally {
            guard.leave();
        }
    }

    /** How many of the latest writes a crash may still lose. */
    public synchronized int unflushedWrites() {
        return unflushed.size();
    }

    /**
     * Ends this store as a crash does, and returns what is found afterwards.
     *
     * @param kept how many of the unflushed writes survive, from the oldest on: chosen by the
     *     caller, from 0 to {@link #unflushedWrites}
     */
    public synchronized MemoryPartitionStore crash(int kept) {
        if (kept < 0 || kept > unflushed.size()) {
            throw new IllegalArgumentException(kept + " of " + unflushed.size() + " writes");
        }
        guard.close();
        State survived = durable;
        for (int i = 0; i < kept; i++) {
            survived = unflushed.removeFirst();
        }
        return new MemoryPartitionStore(survived);
    }

    /** A store that holds what a crash would certainly leave of this one now. */
    public synchronized MemoryPartitionStore copyOfDurable() {
        return new MemoryPartitionStore(durable);
    }

    /**
     * Flips a bit of what is stored under a key, its checksum included; for tests of what damage
     * does. The bits count from the lowest of the first byte.
     */
    public synchronized void flipBit(byte[] key, int bit) {
        byte[] stored = current.items.get(key);
        if (stored == null || bit >= stored.length * Byte.SIZE) {
            throw new IllegalArgumentException("there is no such bit");
        }
        byte[] damaged = stored.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        current = new State(current.items.with(key, damaged), current.positions);
        if (unflushed.isEmpty()) {
            durable = current;
        } else {
            unflushed.removeLast();
            unflushed.addLast(current);
        }
    }

    @Override
    public StoreView view() {
        guard.enter();
        return new View(current);
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
        guard.enter();
        try {
            return get(current.items, key);
        } finally {
            guard.leave();
        }
    }

    @Override
    public MemoryRead getFromMemory(byte[] key) throws IOException {
        return new MemoryRead.Known(get(key));
    }

    @Override
    public void scan(KeyRange range, ItemVisitor visitor) throws IOException {
        guard.enter();
        try {
            current.items.forEach(range, checking(visitor));
        } finally {
            guard.leave();
        }
    }

    @Override
    public void scanReverse(KeyRange range, ItemVisitor visitor) throws IOException {
        guard.enter();
        try {
            current.items.forEachReverse(range, checking(visitor));
        } finally {
            guard.leave();
        }
    }

    private static byte @Nullable [] get(PersistentMap items, byte[] key) throws IOException {
        byte[] stored = items.get(key);
        return stored == null ? null : ChecksummedValue.decode(key, stored);
    }

    private static PersistentMap.Visitor<IOException> checking(ItemVisitor visitor) {
        return (key, stored) -> visitor.visit(key.clone(), ChecksummedValue.decode(key, stored));
    }

    @Override
    public SortedMap<Long, AppliedPosition> appliedPositions() {
        try {
            return current.appliedPositions();
        } catch (CorruptItemException e) {
            throw new IllegalStateException("a position in memory was changed", e);
        }
    }

    @Override
    public synchronized SortedMap<Long, AppliedPosition> flush() throws IOException {
        guard.enter();
        try {
            durable = current;
            unflushed.clear();
            return durable.appliedPositions();
        } finally {
            guard.leave();
        }
    }

    @Override
    public void checkpoint(Path directory) throws IOException {
        guard.enter();
        try {
            MemoryCheckpoint.write(current, directory);
        } finally {
            guard.leave();
        }
    }

    @Override
    public void close() throws IOException {
        if (guard.close() && !guard.awaitUnused(CLOSE_MILLIS_MAX)) {
            throw new StoreException("the store is still in use");
        }
    }

    private final class View implements StoreView {
        private final State state;
        private final UseGuard viewGuard = new UseGuard("the view");

        View(State state) {
            this.state = state;
        }

        @Override
        public @Nullable AppliedPosition position(long groupId) throws IOException {
            viewGuard.enter();
            try {
                byte[] key = StoredPosition.key(groupId);
                byte[] stored = state.positions.get(key);
                return stored == null ? null : StoredPosition.read(key, stored);
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public byte @Nullable [] get(byte[] key) throws IOException {
            viewGuard.enter();
            try {
                return MemoryPartitionStore.get(state.items, key);
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public void scan(KeyRange range, ItemVisitor visitor) throws IOException {
            viewGuard.enter();
            try {
                state.items.forEach(range, checking(visitor));
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public void scanReverse(KeyRange range, ItemVisitor visitor) throws IOException {
            viewGuard.enter();
            try {
                state.items.forEachReverse(range, checking(visitor));
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public void close() {
            if (viewGuard.close()) {
                guard.leave();
            }
        }
    }
}
