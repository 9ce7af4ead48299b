package dev.stator.storage.store;

import dev.stator.core.store.KeyRange;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.storage.disk.FileDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/**
 * The store on disk: a RocksDB with two column families, items and positions. {@link RocksSettings}
 * has its options and their reasons.
 *
 * <p>Measured (JDK 25, 2 cores): loading the native library takes about 180 ms, once a process; the
 * first opening about 20 ms, further ones about 8 ms each.
 */
public final class RocksPartitionStore implements PartitionStore {
    private static final MemoryRead.OnDisk ON_DISK = new MemoryRead.OnDisk();
    private static final byte[] POSITIONS = "positions".getBytes(StandardCharsets.US_ASCII);

    /** What a change takes in a batch of RocksDB besides key and value, the checksum included. */
    private static final int WRITE_OVERHEAD_BYTES = 24;

    private static final int RESERVED_BYTES_MAX = 16 << 20;

    private final UseGuard guard = new UseGuard("the store");
    private final WriteSpace space = new WriteSpace();
    private final RocksSettings settings;
    private final RocksDB db;
    private final ColumnFamilyHandle items;
    private final ColumnFamilyHandle positionsFamily;
    private final ReadOptions reads = new ReadOptions();
    private final ReadOptions memoryReads =
            new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    private final ConcurrentSkipListMap<Long, AppliedPosition> positions =
            new ConcurrentSkipListMap<>();

    private RocksPartitionStore(
            RocksSettings settings, RocksDB db, List<ColumnFamilyHandle> families) {
        this.settings = settings;
        this.db = db;
        this.items = families.get(0);
        this.positionsFamily = families.get(1);
    }

    /**
     * Loads the native library. Opening a store does so by itself; to do it early, on another
     * thread, shortens the start.
     */
    public static void loadNativeLibrary() {
        RocksDB.loadLibrary();
    }

    /** Opens the store of a node that is started for the first time, creating what is missing. */
    public static RocksPartitionStore create(Path directory, RocksStoreOptions options)
            throws IOException {
        FileDisk.createDirectories(directory);
        return open(directory, options, true);
    }

    /** Opens an existing store; fails where there is none. */
    public static RocksPartitionStore open(Path directory, RocksStoreOptions options)
            throws IOException {
        return open(directory, options, false);
    }

    private static RocksPartitionStore open(
            Path directory, RocksStoreOptions options, boolean create) throws IOException {
        loadNativeLibrary();
        RocksSettings settings = new RocksSettings(options, create);
        List<ColumnFamilyHandle> families = new ArrayList<>();
        RocksDB db;
        try {
            db =
                    RocksDB.open(
                            settings.database,
                            directory.toString(),
                            List.of(
                                    new ColumnFamilyDescriptor(
                                            RocksDB.DEFAULT_COLUMN_FAMILY, settings.items),
                                    new ColumnFamilyDescriptor(POSITIONS, settings.positions)),
                            families);
        } catch (RocksDBException e) {
            settings.close();
            throw failure("opening " + directory, e);
        }
        RocksPartitionStore store = new RocksPartitionStore(settings, db, families);
        boolean isRead = false;
        try {
            store.readPositions();
            isRead = true;
        } finally {
            if (!isRead) {
                store.closeNatives();
            }
        }
        return store;
    }

    private void readPositions() throws IOException {
        SortedMap<Long, AppliedPosition> found = new TreeMap<>();
        try (RocksIterator iterator = db.newIterator(positionsFamily, reads)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                found.put(StoredPosition.groupId(key), StoredPosition.read(key, iterator.value()));
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw failure("reading the positions", e);
        }
        positions.putAll(found);
    }

    @Override
    public void write(List<StoreBatch> batches) throws IOException {
        Collection<StoreBatch> last = lastOfEachGroup(batches);
        guard.enter();
        try (WriteBatch writes = new WriteBatch(expectedBytes(batches))) {
            synchronized (space) {
                for (StoreBatch batch : batches) {
                    addChanges(batch, writes);
                }
            }
            for (StoreBatch batch : last) {
                addPosition(batch, writes);
            }
            db.write(settings.write, writes);
        } catch (RocksDBException e) {
            throw failure("writing", e);
        } finally {
            guard.leave();
        }
        for (StoreBatch batch : last) {
            if (batch.removesPosition()) {
                positions.remove(batch.groupId());
            } else {
                positions.put(
                        batch.groupId(), new AppliedPosition(batch.appliedLsn(), batch.state()));
            }
        }
    }

    /** All batches are written together, so only the last position of a group is ever seen. */
    private static Collection<StoreBatch> lastOfEachGroup(List<StoreBatch> batches) {
        Map<Long, StoreBatch> last = new LinkedHashMap<>();
        for (StoreBatch batch : batches) {
            last.put(batch.groupId(), batch);
        }
        return last.values();
    }

    /** For the batch to be built in one piece: its memory grows by being copied. */
    private static int expectedBytes(List<StoreBatch> batches) {
        long bytes = 0;
        for (StoreBatch batch : batches) {
            for (StoreWrite write : batch.writes()) {
                bytes += WRITE_OVERHEAD_BYTES + write.key().length;
                if (write instanceof StoreWrite.Put put) {
                    bytes += put.value().length;
                }
            }
        }
        return (int) Math.min(bytes, RESERVED_BYTES_MAX);
    }

    private void addChanges(StoreBatch batch, WriteBatch writes) throws RocksDBException {
        for (RangeDelete delete : batch.rangeDeletes()) {
            writes.deleteRange(items, delete.range().from(), delete.range().to());
        }
        for (StoreWrite write : batch.writes()) {
            switch (write) {
                case StoreWrite.Put(var key, var value) ->
                        writes.put(items, space.key(key), space.checksummed(key, value));
                case StoreWrite.Delete(var key) -> writes.delete(items, key);
            }
        }
    }

    private void addPosition(StoreBatch batch, WriteBatch writes) throws RocksDBException {
        byte[] group = StoredPosition.key(batch.groupId());
        if (batch.removesPosition()) {
            writes.delete(positionsFamily, group);
        } else {
            writes.put(positionsFamily, group, StoredPosition.value(group, batch));
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
        guard.enter();
        try {
            return get(key, reads);
        } finally {
            guard.leave();
        }
    }

    private byte @Nullable [] get(byte[] key, ReadOptions options) throws IOException {
        try {
            return decoded(key, db.get(items, options, key));
        } catch (RocksDBException e) {
            throw readFailure(e);
        }
    }

    private static byte @Nullable [] decoded(byte[] key, byte @Nullable [] stored)
            throws CorruptItemException {
        return stored == null ? null : ChecksummedValue.decode(key, stored);
    }

    @Override
    public MemoryRead getFromMemory(byte[] key) throws IOException {
        guard.enter();
        try {
            return new MemoryRead.Known(decoded(key, db.get(items, memoryReads, key)));
        } catch (RocksDBException e) {
            Status status = e.getStatus();
            if (status != null && status.getCode() == Status.Code.Incomplete) {
                return ON_DISK;
            }
            throw failure("reading", e);
        } finally {
            guard.leave();
        }
    }

    @Override
    public void scan(KeyRange range, ItemVisitor visitor) throws IOException {
        guard.enter();
        try (ReadOptions options = new ReadOptions()) {
            ascend(range, options, visitor);
        } finally {
            guard.leave();
        }
    }

    @Override
    public void scanReverse(KeyRange range, ItemVisitor visitor) throws IOException {
        guard.enter();
        try (ReadOptions options = new ReadOptions()) {
            descend(range, options, visitor);
        } finally {
            guard.leave();
        }
    }

    private void ascend(KeyRange range, ReadOptions options, ItemVisitor visitor)
            throws IOException {
        if (range.isEmpty()) {
            return;
        }
        try (Slice lower = new Slice(range.from());
                Slice upper = new Slice(range.to());
                RocksIterator iterator = iterator(options, lower, upper)) {
            iterator.seekToFirst();
            while (iterator.isValid() && visit(iterator, visitor)) {
                iterator.next();
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw readFailure(e);
        }
    }

    private void descend(KeyRange range, ReadOptions options, ItemVisitor visitor)
            throws IOException {
        if (range.isEmpty()) {
            return;
        }
        try (Slice lower = new Slice(range.from());
                Slice upper = new Slice(range.to());
                RocksIterator iterator = iterator(options, lower, upper)) {
            iterator.seekToLast();
            while (iterator.isValid() && visit(iterator, visitor)) {
                iterator.prev();
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw readFailure(e);
        }
    }

    private RocksIterator iterator(ReadOptions options, Slice lower, Slice upper) {
        return db.newIterator(
                items, options.setIterateLowerBound(lower).setIterateUpperBound(upper));
    }

    private static boolean visit(RocksIterator iterator, ItemVisitor visitor)
            throws CorruptItemException {
        byte[] key = iterator.key();
        return visitor.visit(key, ChecksummedValue.decode(key, iterator.value()));
    }

    @Override
    public StoreView view() {
        guard.enter();
        return new View(db.getSnapshot());
    }

    @Override
    public SortedMap<Long, AppliedPosition> appliedPositions() {
        return new TreeMap<>(positions);
    }

    @Override
    public SortedMap<Long, AppliedPosition> flush() throws IOException {
        guard.enter();
        try {
            SortedMap<Long, AppliedPosition> flushed = appliedPositions();
            flushFamilies();
            return flushed;
        } finally {
            guard.leave();
        }
    }

    private void flushFamilies() throws StoreException {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, List.of(items, positionsFamily));
        } catch (RocksDBException e) {
            throw failure("flushing", e);
        }
    }

    @Override
    public void checkpoint(Path directory) throws IOException {
        guard.enter();
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(directory.toString());
        } catch (RocksDBException e) {
            throw failure("writing a checkpoint", e);
        } finally {
            guard.leave();
        }
    }

    @Override
    public void close() throws IOException {
        if (!stopUse()) {
            return;
        }
        try {
            flushFamilies();
        } finally {
            closeNatives();
        }
    }

    /** Closes as a crash would: what was not flushed is lost. For tests. */
    void closeWithoutFlush() throws IOException {
        if (stopUse()) {
            closeNatives();
        }
    }

    /** Stores bytes under a key as they are, without a checksum. For tests. */
    void writeRaw(byte[] key, byte[] stored) throws RocksDBException {
        db.put(items, settings.write, key, stored);
    }

    private boolean stopUse() throws StoreException {
        if (!guard.close()) {
            return false;
        }
        if (!guard.awaitUnused(CLOSE_MILLIS_MAX)) {
            throw new StoreException("the store is still in use");
        }
        return true;
    }

    private void closeNatives() {
        reads.close();
        memoryReads.close();
        items.close();
        positionsFamily.close();
        db.close();
        settings.close();
    }

    private static StoreException failure(String action, RocksDBException cause) {
        return new StoreException("the store failed " + action + ": " + cause.getMessage(), cause);
    }

    /** A damaged block concerns what lies in it; everything else that fails, the whole store. */
    private static StoreException readFailure(RocksDBException cause) {
        Status status = cause.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption
                ? new CorruptStoreException("a block is damaged: " + cause.getMessage(), cause)
                : failure("reading", cause);
    }

    private final class View implements StoreView {
        private final UseGuard viewGuard = new UseGuard("the view");
        private final Snapshot snapshot;
        private final ReadOptions viewReads;

        View(Snapshot snapshot) {
            this.snapshot = snapshot;
            this.viewReads = new ReadOptions().setSnapshot(snapshot);
        }

        @Override
        public @Nullable AppliedPosition position(long groupId) throws IOException {
            viewGuard.enter();
            try {
                byte[] key = StoredPosition.key(groupId);
                byte[] stored = db.get(positionsFamily, viewReads, key);
                return stored == null ? null : StoredPosition.read(key, stored);
            } catch (RocksDBException e) {
                throw failure("reading a position", e);
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public byte @Nullable [] get(byte[] key) throws IOException {
            viewGuard.enter();
            try {
                return RocksPartitionStore.this.get(key, viewReads);
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public void scan(KeyRange range, ItemVisitor visitor) throws IOException {
            viewGuard.enter();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                ascend(range, options, visitor);
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public void scanReverse(KeyRange range, ItemVisitor visitor) throws IOException {
            viewGuard.enter();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                descend(range, options, visitor);
            } finally {
                viewGuard.leave();
            }
        }

        @Override
        public void close() {
            if (!viewGuard.close()) {
                return;
            }
            if (!viewGuard.awaitUnused(CLOSE_MILLIS_MAX)) {
                throw new IllegalStateException("the view is still in use");
            }
            viewReads.close();
            db.releaseSnapshot(snapshot);
            snapshot.close();
            guard.leave();
        }
    }
}
