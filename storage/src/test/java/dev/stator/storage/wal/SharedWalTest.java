package dev.stator.storage.wal;

import static dev.stator.storage.wal.WalHistory.NODE;
import static dev.stator.storage.wal.WalHistory.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.storage.disk.FileDisk;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.wal.WalHistory.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedWalTest {
    private static final WalOptions SMALL = new WalOptions(600, 256, 100);

    private final SimulatedDisk disk = new SimulatedDisk();

    private SharedWal created() throws IOException {
        return SharedWal.create(disk.open(), NODE, SMALL);
    }

    @Test
    void recordsComeBackInTheirOrderAcrossSegments() throws IOException {
        List<Entry> expected = new ArrayList<>();
        try (SharedWal wal = created()) {
            for (long number = 1; number <= 50; number++) {
                boolean reset = number % 5 == 0;
                wal.append(number % 3, reset, payload(number));
                expected.add(new Entry(number % 3, reset, number));
                if (number % 4 == 0) {
                    wal.sync();
                }
            }
            wal.forget(2);
            expected.add(new Entry(2, false, 0));
            wal.sync();
            assertThat(wal.segmentCount()).isGreaterThan(3);
        }
        disk.crashLosingUnsynced();
        assertThat(WalHistory.replay(disk, SMALL)).isEqualTo(expected);
        assertThat(WalHistory.replay(disk, SMALL)).as("a second time").isEqualTo(expected);
    }

    @Test
    void recordsLargerThanTheBufferAndTheSegmentAreKept(@TempDir Path directory)
            throws IOException {
        WalOptions options = new WalOptions(1 << 16, 1 << 14, 1 << 12);
        byte[] large = new byte[3_000_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        try (FileDisk files = FileDisk.open(directory);
                SharedWal wal = SharedWal.create(files, NODE, options)) {
            for (int i = 0; i < 3; i++) {
                wal.append(7, false, large);
                wal.append(8, true, new byte[0]);
                wal.sync();
            }
        }
        List<Integer> lengths = new ArrayList<>();
        WalVisitor visitor =
                new WalVisitor() {
                    @Override
                    public void record(long groupId, boolean reset, byte[] payload) {
                        lengths.add(payload.length);
                        assertThat(payload).isEqualTo(groupId == 7 ? large : new byte[0]);
                        assertThat(reset).isEqualTo(groupId == 8);
                    }

                    @Override
                    public void forgotten(long groupId) {
                        throw new AssertionError();
                    }
                };
        try (FileDisk files = FileDisk.open(directory);
                SharedWal wal = SharedWal.open(files, NODE, options, visitor)) {
            assertThat(wal.recovery()).isEqualTo(new WalRecovery(6, java.util.Optional.empty()));
            assertThat(lengths).containsExactly(3_000_000, 0, 3_000_000, 0, 3_000_000, 0);
        }
    }

    @Test
    void ofAnArrayOnlySoManyBytesAreTheRecord() throws IOException {
        SharedWal wal = created();
        byte[] written = payload(1);
        byte[] longer = Arrays.copyOf(written, written.length + 5);
        wal.append(1, false, longer, written.length);
        wal.append(1, false, payload(2));
        wal.sync();
        disk.crashLosingUnsynced();
        assertThat(WalHistory.replay(disk, SMALL))
                .containsExactly(new Entry(1, false, 1), new Entry(1, false, 2));
    }

    @Test
    void whatWasAppendedAndNotSyncedIsNotThereAfterAPowerFailure() throws IOException {
        SharedWal wal = created();
        wal.append(1, false, payload(1));
        wal.sync();
        wal.append(1, false, payload(2));
        assertThat(wal.unsyncedBytes()).isPositive();
        disk.crashLosingUnsynced();
        assertThat(WalHistory.replay(disk, SMALL)).containsExactly(new Entry(1, false, 1));
    }

    @Test
    void oneSyncServesTheWholeBatch() throws IOException {
        SharedWal wal = SharedWal.create(disk.open(), NODE, WalOptions.DEFAULT);
        long before = disk.syncs();
        for (long number = 1; number <= 1000; number++) {
            wal.append(number, false, payload(number));
        }
        wal.sync();
        wal.sync();
        assertThat(disk.syncs() - before).isEqualTo(1);
        assertThat(wal.unsyncedBytes()).isZero();
    }

    @Test
    void aFailedSyncFailsTheLogForEver() throws IOException {
        SharedWal wal = created();
        wal.append(1, false, payload(1));
        disk.arm(SimulatedDisk.Fault.SYNC);
        assertThatThrownBy(wal::sync).hasMessageContaining("injected");
        assertThatThrownBy(wal::sync).isInstanceOf(WalFailedException.class);
        assertThatThrownBy(() -> wal.append(1, false, payload(2)))
                .isInstanceOf(WalFailedException.class);
        assertThatThrownBy(() -> wal.forget(1)).isInstanceOf(WalFailedException.class);
        assertThatThrownBy(wal::deleteReleasedSegments).isInstanceOf(WalFailedException.class);
        wal.close();
    }

    @Test
    void aFailedWriteFailsTheLogForEver() throws IOException {
        SharedWal wal = created();
        disk.arm(SimulatedDisk.Fault.WRITE);
        assertThatThrownBy(() -> wal.append(1, false, new byte[300]))
                .hasMessageContaining("injected");
        assertThatThrownBy(wal::sync).isInstanceOf(WalFailedException.class);
    }

    @Test
    void aFailureToStartTheNextSegmentFailsTheLog() throws IOException {
        SharedWal wal = created();
        wal.append(1, false, new byte[600]);
        disk.arm(SimulatedDisk.Fault.DIRECTORY_SYNC);
        assertThatThrownBy(wal::sync).hasMessageContaining("injected");
        assertThatThrownBy(wal::sync).isInstanceOf(WalFailedException.class);
    }

    @Test
    void recordsReplayedAfterAFailedSyncAreMadeDurable() throws IOException {
        SharedWal wal = created();
        wal.append(1, false, payload(1));
        wal.sync();
        wal.append(1, false, payload(2));
        disk.arm(SimulatedDisk.Fault.SYNC);
        assertThatThrownBy(wal::sync).isInstanceOf(IOException.class);
        disk.killProcess();
        List<Entry> replayed = WalHistory.replay(disk, SMALL);
        assertThat(replayed).as("the page cache still has both").hasSize(2);
        disk.crashLosingUnsynced();
        assertThat(WalHistory.replay(disk, SMALL)).isEqualTo(replayed);
    }

    @Test
    void aSealReadAfterAFailedSyncIsMadeDurable() throws IOException {
        // 1: data, 2: header of the next segment, 3: seal
        for (int failing = 1; failing <= 3; failing++) {
            SimulatedDisk some = new SimulatedDisk();
            SharedWal wal = SharedWal.create(some.open(), NODE, SMALL);
            wal.append(1, false, new byte[600]);
            failSync(some, wal, failing);
            some.killProcess();
            long[] records = {0};
            SharedWal again = WalHistory.open(some, SMALL, counting(records));
            assertThat(again.recovery().records()).isEqualTo(1);
            again.append(1, false, payload(2));
            again.sync();
            some.crashLosingUnsynced();
            records[0] = 0;
            WalHistory.open(some, SMALL, counting(records));
            assertThat(records[0]).as("failing sync %d", failing).isEqualTo(2);
        }
    }

    private static void failSync(SimulatedDisk some, SharedWal wal, int failing) {
        long before = some.syncs();
        some.armAfter(SimulatedDisk.Fault.SYNC, failing - 1);
        assertThatThrownBy(wal::sync).hasMessageContaining("injected");
        assertThat(some.syncs() - before).isEqualTo(failing - 1);
    }

    private static WalVisitor counting(long[] records) {
        return new WalVisitor() {
            @Override
            public void record(long groupId, boolean reset, byte[] payload) {
                records[0]++;
            }

            @Override
            public void forgotten(long groupId) {}
        };
    }

    @Test
    void aLogOfAnotherNodeIsRefused() throws IOException {
        created().close();
        disk.killProcess();
        assertThatThrownBy(
                        () -> SharedWal.open(disk.open(), new UUID(9, 9), SMALL, new WalHistory()))
                .isInstanceOf(CorruptWalException.class)
                .hasMessageContaining("it belongs to the node " + NODE);
    }

    @Test
    void aMissingLogIsNotTakenForAnEmptyOne() {
        assertThatThrownBy(() -> WalHistory.open(disk, SMALL, new WalHistory()))
                .isInstanceOf(CorruptWalException.class)
                .hasMessageContaining("no segment");
    }

    @Test
    void creationCanBeRepeatedUntilThereAreRecords() throws IOException {
        created().close();
        disk.crashLosingUnsynced();
        try (SharedWal wal = created()) {
            wal.append(1, false, payload(1));
            wal.sync();
        }
        disk.crashLosingUnsynced();
        assertThatThrownBy(this::created).hasMessageContaining("holds records");
    }

    @Test
    void oversizeRecordsAreRefused() throws IOException {
        SharedWal wal = created();
        byte[] oversize = new byte[SharedWal.PAYLOAD_BYTES_MAX + 1];
        assertThatThrownBy(() -> wal.append(1, false, oversize))
                .isInstanceOf(IllegalArgumentException.class);
        wal.append(1, false, payload(1));
        wal.sync();
    }
}
