package dev.stator.storage.wal;

import static dev.stator.storage.wal.WalHistory.NODE;
import static dev.stator.storage.wal.WalHistory.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DiskFile;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.wal.WalHistory.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What single faults do to a small log: every flipped bit, every cut. */
class WalDamageTest {
    private static final WalOptions SMALL = new WalOptions(700, 256, 128);

    private final SimulatedDisk disk = new SimulatedDisk();
    private final List<Entry> written = new ArrayList<>();
    // How many records the syncs before the last one covered.
    private int syncedBeforeLast;

    /** Writes three batches into each of two segments, the second not full, and syncs them all. */
    private SharedWal writeLog() throws IOException {
        SharedWal wal = SharedWal.create(disk.open(), NODE, SMALL);
        long number = 0;
        while (wal.segmentCount() < 2 || written.size() % 9 != 0) {
            syncedBeforeLast = written.size();
            for (int i = 0; i < 3; i++) {
                number++;
                wal.append(number % 2, false, payload(number));
                written.add(new Entry(number % 2, false, number));
            }
            wal.sync();
        }
        return wal;
    }

    @Test
    void everyFlippedBitOfALogAtRestIsFoundOrHarmless() throws IOException {
        writeLog().close();
        disk.killProcess();
        SimulatedDisk.Image image = disk.image();
        int found = 0;
        for (String file : disk.list("")) {
            long bits = disk.content(file).length * 8L;
            for (long bit = 0; bit < bits; bit++) {
                disk.restore(image);
                disk.flipBit(file, bit);
                try {
                    assertThat(WalHistory.replay(disk, SMALL))
                            .as("bit %d of %s", bit, file)
                            .isEqualTo(written);
                } catch (CorruptWalException e) {
                    found++;
                    assertThat(e.file()).as("bit %d", bit).isEqualTo(file);
                    assertThat(e.offset()).as("bit %d", bit).isBetween(0L, bit / 8);
                }
            }
        }
        int recordBytes = written.stream().mapToInt(e -> payload(e.number()).length + 20).sum();
        assertThat(found).as("at least the bits of records").isGreaterThan(recordBytes * 8);
    }

    @Test
    void whereTheLastSyncPointIsLostAFlippedBitCostsAtMostTheLastBatch() throws IOException {
        writeLog();
        disk.crashLosingUnsynced();
        SimulatedDisk.Image image = disk.image();
        int shortened = 0;
        for (String file : disk.list("")) {
            long bits = disk.content(file).length * 8L;
            for (long bit = 0; bit < bits; bit++) {
                disk.restore(image);
                disk.flipBit(file, bit);
                try {
                    List<Entry> replayed = WalHistory.replay(disk, SMALL);
                    assertThat(replayed.size()).isGreaterThanOrEqualTo(syncedBeforeLast);
                    assertThat(replayed).isEqualTo(written.subList(0, replayed.size()));
                    shortened += replayed.size() < written.size() ? 1 : 0;
                } catch (CorruptWalException e) {
                    assertThat(e.file()).isEqualTo(file);
                }
            }
        }
        assertThat(shortened).isPositive();
    }

    @Test
    void everyCutOfTheLastSegmentLeavesAPrefix() throws IOException {
        writeLog().close();
        disk.killProcess();
        SimulatedDisk.Image image = disk.image();
        String last = disk.list("").getLast();
        int first = Integer.MAX_VALUE;
        for (int size = disk.content(last).length; size >= Segment.HEADER_BYTES; size--) {
            disk.restore(image);
            disk.cut(last, size);
            List<Entry> replayed = WalHistory.replay(disk, SMALL);
            assertThat(replayed)
                    .as("cut at %d", size)
                    .isEqualTo(written.subList(0, replayed.size()));
            assertThat(replayed.size())
                    .as("shorter the earlier the cut")
                    .isLessThanOrEqualTo(first);
            first = replayed.size();
        }
        assertThat(first).isBetween(1, written.size() - 3);
    }

    @Test
    void everyCutOfAnEarlierSegmentOrOfAHeaderIsFound() throws IOException {
        writeLog().close();
        disk.killProcess();
        SimulatedDisk.Image image = disk.image();
        String first = disk.list("").getFirst();
        for (int size = disk.content(first).length - 1; size >= 0; size--) {
            disk.restore(image);
            disk.cut(first, size);
            assertThatThrownBy(() -> WalHistory.replay(disk, SMALL))
                    .as("cut at %d", size)
                    .isInstanceOf(CorruptWalException.class);
        }
        String last = disk.list("").getLast();
        for (int size = Segment.HEADER_BYTES - 1; size >= 0; size--) {
            disk.restore(image);
            disk.cut(last, size);
            assertThatThrownBy(() -> WalHistory.replay(disk, SMALL))
                    .as("cut at %d", size)
                    .isInstanceOf(CorruptWalException.class);
        }
    }

    @Test
    void aTornTailIsReportedAndCutOffSoThatNothingOfItComesBack() throws IOException {
        WalOptions roomy = new WalOptions(4096, 2048, 1024);
        try (SharedWal wal = SharedWal.create(disk.open(), NODE, roomy)) {
            wal.append(1, false, payload(1));
            wal.sync();
            // Equally long records, so that a later one may stand where one of these stood.
            wal.append(1, false, payload(60));
            wal.append(1, false, payload(120));
            wal.append(1, false, payload(180));
            wal.sync();
        }
        disk.killProcess();
        String file = disk.list("").getFirst();
        int recordBytes = payload(60).length + FrameFormat.HEADER_BYTES;
        int torn = Segment.HEADER_BYTES + 8 + 7 + 2 * FrameFormat.HEADER_BYTES;
        SimulatedDisk.Image whole = disk.image();
        // Put back what the last batch left when its sync never came: no sync point behind it.
        eraseSyncPointBehind(file, torn + 3 * recordBytes);
        disk.flipBit(file, (torn + 3) * 8L);

        WalHistory history = new WalHistory();
        SharedWal wal = WalHistory.open(disk, roomy, history);
        assertThat(history.entries).containsExactly(new Entry(1, false, 1));
        WalRecovery.TornTail tail = wal.recovery().tornTail().orElseThrow();
        assertThat(tail.file()).isEqualTo(file);
        assertThat(tail.offset()).isEqualTo(torn);
        wal.append(1, false, payload(240));
        wal.sync();
        disk.crashLosingUnsynced();

        assertThat(WalHistory.replay(disk, roomy))
                .as("the old record behind the new one must not come back")
                .containsExactly(new Entry(1, false, 1), new Entry(1, false, 240));
        disk.restore(whole);
        assertThat(WalHistory.replay(disk, roomy)).hasSize(4);
    }

    @Test
    void aSyncPointCopiedToAnotherPlaceConfirmsNothing() throws IOException {
        WalOptions roomy = new WalOptions(4096, 0, 1024);
        SharedWal wal = SharedWal.create(disk.open(), NODE, roomy);
        wal.append(1, false, payload(1));
        wal.sync();
        String file = disk.list("").getFirst();
        int syncPoint = Segment.HEADER_BYTES + FrameFormat.HEADER_BYTES + payload(1).length;
        byte[] copied =
                java.util.Arrays.copyOfRange(
                        disk.content(file), syncPoint, syncPoint + FrameFormat.HEADER_BYTES);
        disk.killProcess();
        // An unsynced write lost its first bytes; what is left of it holds the copy, as data may.
        int torn = syncPoint + FrameFormat.HEADER_BYTES;
        try (Disk open = disk.open();
                DiskFile segment = open.open(file)) {
            segment.write(ByteBuffer.wrap(copied), torn + 50L);
            segment.sync();
        }
        WalHistory history = new WalHistory();
        WalRecovery recovery = WalHistory.open(disk, roomy, history).recovery();
        assertThat(history.entries).containsExactly(new Entry(1, false, 1));
        assertThat(recovery.tornTail()).isPresent();
        assertThat(recovery.tornTail().orElseThrow().offset()).isEqualTo(torn);
    }

    /**
     * A block of an older segment that a poor file system leaves in a new one, at its old place.
     */
    @Test
    void framesOfAnotherSegmentAreNoFramesHere() throws IOException {
        SharedWal wal = SharedWal.create(disk.open(), NODE, SMALL);
        long number = 0;
        while (wal.segmentCount() < 2) {
            number++;
            wal.append(1, false, payload(number));
            written.add(new Entry(1, false, number));
            wal.sync();
        }
        disk.killProcess();
        List<String> segments = disk.list("");
        byte[] first = disk.content(segments.getFirst());
        int frames = FrameFormat.HEADER_BYTES + payload(1).length;
        ByteBuffer stale = ByteBuffer.wrap(first, Segment.HEADER_BYTES, frames);
        try (Disk open = disk.open();
                DiskFile second = open.open(segments.getLast())) {
            second.write(stale, Segment.HEADER_BYTES);
            second.sync();
        }
        disk.killProcess();
        assertThat(WalHistory.replay(disk, SMALL)).isEqualTo(written);
    }

    /** What recovery gave away is durable, and so a later flip of its bits is damage. */
    @Test
    void whatWasRecoveredIsKnownToHaveBeenDurable() throws IOException {
        WalOptions roomy = new WalOptions(4096, 256, 1024);
        SharedWal wal = SharedWal.create(disk.open(), NODE, roomy);
        wal.append(1, false, payload(1));
        wal.sync();
        wal.append(1, false, payload(2));
        disk.arm(SimulatedDisk.Fault.SYNC);
        assertThatThrownBy(wal::sync).isInstanceOf(IOException.class);
        disk.killProcess();
        assertThat(WalHistory.replay(disk, roomy)).hasSize(2);
        String file = disk.list("").getFirst();
        int second = Segment.HEADER_BYTES + 2 * FrameFormat.HEADER_BYTES + payload(1).length;
        disk.flipBit(file, (second + FrameFormat.HEADER_BYTES) * 8L);
        assertThatThrownBy(() -> WalHistory.replay(disk, roomy))
                .isInstanceOf(CorruptWalException.class);
    }

    private void eraseSyncPointBehind(String name, int offset) throws IOException {
        try (Disk open = disk.open();
                DiskFile file = open.open(name)) {
            file.write(ByteBuffer.allocate(FrameFormat.HEADER_BYTES), offset);
            file.sync();
        }
    }

    @Test
    void anUnknownFormatVersionIsNamed() throws IOException {
        writeLog().close();
        disk.killProcess();
        String last = disk.list("").getLast();
        try (Disk open = disk.open();
                DiskFile file = open.open(last)) {
            ByteBuffer header = ByteBuffer.allocate(Segment.HEADER_BYTES);
            file.read(header, 0);
            header.putInt(8, 2).putInt(Segment.HEADER_BYTES - 4, 0);
            java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
            crc.update(header.array(), 0, Segment.HEADER_BYTES - 4);
            header.putInt(Segment.HEADER_BYTES - 4, (int) crc.getValue());
            file.write(header.flip(), 0);
        }
        assertThatThrownBy(() -> WalHistory.replay(disk, SMALL))
                .isInstanceOf(CorruptWalException.class)
                .hasMessageContaining("format version 2 is not known");
    }

    @Test
    void aSegmentCopiedOverAnotherIsRefused() throws IOException {
        writeLog().close();
        disk.killProcess();
        byte[] first = disk.content(Segment.name(1));
        try (Disk open = disk.open();
                DiskFile file = open.open(Segment.name(2))) {
            file.write(ByteBuffer.wrap(first), 0);
        }
        assertThatThrownBy(() -> WalHistory.replay(disk, SMALL))
                .isInstanceOf(CorruptWalException.class)
                .hasMessageContaining("it is segment 1");
    }
}
