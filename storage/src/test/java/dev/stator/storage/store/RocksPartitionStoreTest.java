package dev.stator.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RocksPartitionStoreTest extends PartitionStoreContractTest {
    // Memtables so small that files are written in the midst of the work.
    private static final RocksStoreOptions SMALL = new RocksStoreOptions(1 << 20, 64 << 10);

    private Path path() {
        return directory.resolve("store");
    }

    @Override
    PartitionStore createStore() throws IOException {
        return RocksPartitionStore.create(path(), SMALL);
    }

    @Override
    PartitionStore crash(PartitionStore store, SplittableRandom choices) throws IOException {
        ((RocksPartitionStore) store).closeWithoutFlush();
        return RocksPartitionStore.open(path(), SMALL);
    }

    @Override
    PartitionStore openCheckpoint(Path checkpoint) throws IOException {
        return RocksPartitionStore.open(checkpoint, SMALL);
    }

    @Override
    void damage(PartitionStore store, byte[] key) throws Exception {
        byte[] stored = ChecksummedValue.encode(key, key("2"));
        stored[0] ^= 8;
        ((RocksPartitionStore) store).writeRaw(key, stored);
    }

    @Override
    boolean isVolatile() {
        return false;
    }

    @Test
    void aMissingStoreIsNotTakenForAnEmptyOne() {
        assertThatThrownBy(() -> RocksPartitionStore.open(directory.resolve("none"), SMALL))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aStoreIsOpenedOnceAtATime() {
        assertThatThrownBy(() -> RocksPartitionStore.open(path(), SMALL))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("lock");
    }

    @Test
    void aDamagedBlockIsToldFromAStoreThatFails() throws IOException {
        byte[] filler = new byte[1000];
        new SplittableRandom(1).nextBytes(filler);
        StoreWrite put = new StoreWrite.Put(key("k"), filler);
        store().write(List.of(new StoreBatch(1, 1, List.of(put), List.of())));
        store().flush();
        crashInPlace();
        flipFirstByteOfItems();
        try (PartitionStore after = RocksPartitionStore.open(path(), SMALL)) {
            assertThatThrownBy(() -> after.get(key("k"))).isInstanceOf(CorruptStoreException.class);
            assertThatThrownBy(() -> after.scan(range("a", "z"), (_, _) -> true))
                    .isInstanceOf(CorruptStoreException.class);
        }
    }

    /** The largest table file holds the item, its first block first. */
    private void flipFirstByteOfItems() throws IOException {
        Path largest;
        try (Stream<Path> files = Files.list(path())) {
            largest =
                    files.filter(file -> file.toString().endsWith(".sst"))
                            .max(Comparator.comparingLong(file -> file.toFile().length()))
                            .orElseThrow();
        }
        try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
            int first = file.read();
            file.seek(0);
            file.write(first ^ 1);
        }
    }

    @Test
    void whatFullMemtablesMadeDurableKeepsItemsAndPositionsTogether() throws IOException {
        int writes = 1500;
        byte[] filler = new byte[1000];
        new SplittableRandom(1).nextBytes(filler);
        for (int lsn = 1; lsn <= writes; lsn++) {
            StoreWrite put = new StoreWrite.Put(key("k" + lsn), filler);
            store().write(List.of(new StoreBatch(1, lsn, List.of(put), List.of())));
        }
        crashInPlace();
        try (PartitionStore after = RocksPartitionStore.open(path(), SMALL)) {
            AppliedPosition position = after.appliedPositions().get(1L);
            long kept = position == null ? 0 : position.lsn();
            assertThat(kept).as("writes made durable by themselves").isBetween(1L, writes - 1L);
            for (int lsn = 1; lsn <= writes; lsn++) {
                assertThat(after.get(key("k" + lsn)) != null).as("%d", lsn).isEqualTo(lsn <= kept);
            }
        }
    }

    @Test
    void valuesStoredUnderAnotherKeyOrTooShortAreDamaged() throws Exception {
        RocksPartitionStore rocks = (RocksPartitionStore) store();
        rocks.writeRaw(key("a"), ChecksummedValue.encode(key("b"), key("2")));
        assertThatThrownBy(() -> rocks.get(key("a"))).isInstanceOf(CorruptItemException.class);
        rocks.writeRaw(key("a"), new byte[3]);
        assertThatThrownBy(() -> rocks.get(key("a"))).isInstanceOf(CorruptItemException.class);
    }

    @Test
    void damageInAFileOfTheStoreIsAnError() throws Exception {
        StoreWrite put = new StoreWrite.Put(key("a"), new byte[5000]);
        store().write(List.of(new StoreBatch(1, 1, List.of(put), List.of())));
        store().flush();
        crashInPlace();
        List<Path> tables;
        try (Stream<Path> files = Files.list(path())) {
            tables = files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        assertThat(tables).hasSize(2);
        for (Path table : tables) {
            try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
                file.seek(10);
                int old = file.read();
                file.seek(10);
                file.write(old ^ 1);
            }
        }
        assertThatThrownBy(
                        () -> {
                            try (PartitionStore damaged = RocksPartitionStore.open(path(), SMALL)) {
                                damaged.get(key("a"));
                            }
                        })
                .isInstanceOf(StoreException.class);
    }

    @Test
    void memoryDoesNotTellWhatOnlyTheDiskHas() throws IOException {
        StoreWrite put = new StoreWrite.Put(key("a"), key("1"));
        store().write(List.of(new StoreBatch(1, 1, List.of(put), List.of())));
        store().flush();
        crashInPlace();
        try (PartitionStore cold = RocksPartitionStore.open(path(), SMALL)) {
            assertThat(cold.getFromMemory(key("a")))
                    .isEqualTo(new PartitionStore.MemoryRead.OnDisk());
            assertThat(cold.get(key("a"))).isEqualTo(key("1"));
            assertThat(cold.getFromMemory(key("a")))
                    .isInstanceOfSatisfying(
                            PartitionStore.MemoryRead.Known.class,
                            known -> assertThat(known.value()).isEqualTo(key("1")));
        }
    }

    private void crashInPlace() throws IOException {
        ((RocksPartitionStore) store()).closeWithoutFlush();
    }
}
