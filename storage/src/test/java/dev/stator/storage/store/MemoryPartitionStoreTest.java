package dev.stator.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryPartitionStoreTest extends PartitionStoreContractTest {

    @Override
    PartitionStore createStore() {
        return new MemoryPartitionStore();
    }

    @Override
    PartitionStore crash(PartitionStore store, SplittableRandom choices) {
        MemoryPartitionStore memory = (MemoryPartitionStore) store;
        return memory.crash(choices.nextInt(memory.unflushedWrites() + 1));
    }

    @Override
    PartitionStore openCheckpoint(Path checkpoint) throws IOException {
        return MemoryPartitionStore.openCheckpoint(checkpoint);
    }

    @Override
    void damage(PartitionStore store, byte[] key) {
        ((MemoryPartitionStore) store).flipBit(key, 3);
    }

    @Override
    boolean isVolatile() {
        return true;
    }

    @Test
    void aCrashKeepsExactlyTheChosenWrites() {
        for (int kept = 0; kept <= 3; kept++) {
            MemoryPartitionStore memory = new MemoryPartitionStore();
            for (int lsn = 1; lsn <= 3; lsn++) {
                write(memory, lsn);
            }
            MemoryPartitionStore after = memory.crash(kept);
            assertThat(lsn(after)).isEqualTo(kept);
            assertThat(after.unflushedWrites()).isZero();
            assertThatThrownBy(() -> memory.get(key("k")))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> new MemoryPartitionStore().crash(1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCopyHoldsWhatIsFlushedAndGoesItsOwnWay() throws IOException {
        MemoryPartitionStore memory = new MemoryPartitionStore();
        write(memory, 1);
        memory.flush();
        write(memory, 2);
        MemoryPartitionStore copy = memory.copyOfDurable();
        assertThat(lsn(copy)).isEqualTo(1);
        write(memory, 3);
        assertThat(lsn(copy)).isEqualTo(1);
        assertThat(lsn(memory)).isEqualTo(3);
    }

    @Test
    void withTooManyWritesUnflushedTheOldestBecomeDurable() {
        MemoryPartitionStore memory = new MemoryPartitionStore();
        int extra = 5;
        for (int lsn = 1; lsn <= MemoryPartitionStore.UNFLUSHED_WRITES_MAX + extra; lsn++) {
            write(memory, lsn);
        }
        assertThat(memory.unflushedWrites()).isEqualTo(MemoryPartitionStore.UNFLUSHED_WRITES_MAX);
        assertThat(lsn(memory.crash(0))).isEqualTo(extra);
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        MemoryPartitionStore memory = new MemoryPartitionStore();
        write(memory, 1);
        Path copy = directory.resolve("copy");
        memory.checkpoint(copy);
        Path file = copy.resolve("items");
        byte[] content = Files.readAllBytes(file);
        for (int index = 0; index < content.length; index++) {
            content[index] ^= 1;
            Files.write(file, content);
            assertThatThrownBy(() -> MemoryPartitionStore.openCheckpoint(copy))
                    .as("byte %d", index)
                    .isInstanceOf(IOException.class);
            content[index] ^= 1;
        }
    }

    private static long lsn(MemoryPartitionStore store) {
        AppliedPosition position = store.appliedPositions().get(1L);
        return position == null ? 0 : position.lsn();
    }

    private static void write(MemoryPartitionStore store, long lsn) {
        StoreWrite put = new StoreWrite.Put(key("k"), key("" + lsn));
        store.write(List.of(new StoreBatch(1, lsn, List.of(put), List.of())));
    }
}
