package dev.stator.storage.wal;

import static dev.stator.storage.wal.WalHistory.NODE;
import static dev.stator.storage.wal.WalHistory.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentDeletionTest {
    private static final WalOptions SMALL = new WalOptions(400, 128, 128);

    private final SimulatedDisk disk = new SimulatedDisk();
    private long number;

    private SharedWal created() throws IOException {
        return SharedWal.create(disk.open(), NODE, SMALL);
    }

    private void append(SharedWal wal, long group, boolean reset) throws IOException {
        wal.append(group, reset, payload(++number));
        wal.sync();
    }

    private void fillSegment(SharedWal wal, long group) throws IOException {
        int before = wal.segmentCount();
        while (wal.segmentCount() == before) {
            append(wal, group, false);
        }
    }

    @Test
    void aSegmentStaysWhileAGroupHasNoResetAfterIt() throws IOException {
        SharedWal wal = created();
        append(wal, 1, false);
        append(wal, 2, false);
        fillSegment(wal, 1);
        fillSegment(wal, 1);
        assertThat(wal.groupsPinningOldest()).containsExactly(1L, 2L);
        append(wal, 1, true);
        assertThat(wal.groupsPinningOldest()).containsExactly(2L);
        assertThat(wal.deleteReleasedSegments()).isZero();
        assertThat(wal.segmentCount()).isEqualTo(3);

        append(wal, 2, true);
        assertThat(wal.groupsPinningOldest()).isEmpty();
        assertThat(wal.deleteReleasedSegments()).isEqualTo(2);
        assertThat(wal.segmentCount()).isEqualTo(1);
        assertThat(disk.list("")).containsExactly("000000000003.wal");
    }

    @Test
    void aResetInTheSameSegmentReleasesNothing() throws IOException {
        SharedWal wal = created();
        append(wal, 1, false);
        append(wal, 1, true);
        fillSegment(wal, 1);
        assertThat(wal.groupsPinningOldest()).containsExactly(1L);
        assertThat(wal.deleteReleasedSegments()).isZero();
    }

    @Test
    void aForgottenGroupPinsNothingUntilItComesBack() throws IOException {
        SharedWal wal = created();
        append(wal, 1, false);
        fillSegment(wal, 2);
        append(wal, 2, true);
        wal.forget(1);
        wal.sync();
        assertThat(wal.deleteReleasedSegments()).isEqualTo(1);
        append(wal, 1, false);
        fillSegment(wal, 2);
        append(wal, 2, true);
        assertThat(wal.groupsPinningOldest()).containsExactly(1L);
    }

    @Test
    void theOnlySegmentIsPinnedByNobody() throws IOException {
        SharedWal wal = created();
        append(wal, 1, false);
        assertThat(wal.groupsPinningOldest()).isEmpty();
    }

    @Test
    void whatPinsIsKnownAgainAfterRecovery() throws IOException {
        SharedWal wal = created();
        append(wal, 1, false);
        append(wal, 2, false);
        append(wal, 3, false);
        fillSegment(wal, 1);
        append(wal, 1, true);
        wal.forget(3);
        wal.sync();
        disk.crashLosingUnsynced();

        SharedWal again = WalHistory.open(disk, SMALL, new WalHistory());
        assertThat(again.groupsPinningOldest()).containsExactly(2L);
        append(again, 2, true);
        assertThat(again.deleteReleasedSegments()).isEqualTo(1);
    }

    @Test
    void aResetThatIsNotDurableYetIsMadeSoBeforeTheDeletion() throws IOException {
        SharedWal wal = created();
        fillSegment(wal, 1);
        wal.append(1, true, payload(++number));
        assertThat(wal.deleteReleasedSegments()).isEqualTo(1);
        disk.crashLosingUnsynced();
        assertThat(WalHistory.state(WalHistory.replay(disk, SMALL)))
                .isEqualTo(Map.of(1L, List.of(number)));
    }

    @Test
    void nothingIsDeletedWhenTheResetCannotBeMadeDurable() throws IOException {
        SharedWal wal = created();
        fillSegment(wal, 1);
        wal.append(1, true, payload(++number));
        disk.arm(SimulatedDisk.Fault.SYNC);
        assertThatThrownBy(wal::deleteReleasedSegments).isInstanceOf(IOException.class);
        assertThat(disk.list("")).contains("000000000001.wal");
    }

    private void threeSegmentsAfterTwoDeleted() throws IOException {
        SharedWal wal = created();
        fillSegment(wal, 1);
        fillSegment(wal, 1);
        append(wal, 1, true);
        wal.deleteReleasedSegments();
        fillSegment(wal, 1);
        fillSegment(wal, 1);
        append(wal, 1, false);
        wal.close();
        disk.killProcess();
        assertThat(disk.list(""))
                .containsExactly("000000000003.wal", "000000000004.wal", "000000000005.wal");
    }

    @Test
    void aLostSegmentIsNotTakenForADeletedOne() throws IOException {
        threeSegmentsAfterTwoDeleted();
        SimulatedDisk.Image image = disk.image();
        WalHistory.replay(disk, SMALL);
        for (long lost = 3; lost <= 5; lost++) {
            disk.restore(image);
            try (Disk open = disk.open()) {
                open.delete(Segment.name(lost));
                open.syncDirectory();
            }
            String missing = Segment.name(lost);
            assertThatThrownBy(() -> WalHistory.replay(disk, SMALL))
                    .isInstanceOfSatisfying(
                            CorruptWalException.class, e -> assertThat(e.file()).isEqualTo(missing))
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void aDeletionThatWasInterruptedIsFinished() throws IOException {
        SharedWal wal = created();
        fillSegment(wal, 1);
        fillSegment(wal, 1);
        append(wal, 1, true);
        disk.arm(SimulatedDisk.Fault.DIRECTORY_SYNC);
        assertThatThrownBy(wal::deleteReleasedSegments).isInstanceOf(IOException.class);
        disk.crashLosingUnsynced();
        assertThat(disk.list("")).hasSize(3);

        SharedWal again = WalHistory.open(disk, SMALL, new WalHistory());
        assertThat(disk.list("")).containsExactly("000000000003.wal");
        assertThat(again.segmentCount()).isEqualTo(1);
    }

    @Test
    void aDeletionThatLeftAGapIsFinished() throws IOException {
        SharedWal wal = created();
        fillSegment(wal, 1);
        fillSegment(wal, 1);
        append(wal, 1, true);
        disk.arm(SimulatedDisk.Fault.DIRECTORY_SYNC);
        assertThatThrownBy(wal::deleteReleasedSegments).isInstanceOf(IOException.class);
        disk.crashLosingUnsynced();
        try (Disk open = disk.open()) {
            open.delete(Segment.name(2));
            open.syncDirectory();
        }
        assertThat(WalHistory.replay(disk, SMALL)).hasSize(1);
        assertThat(disk.list("")).containsExactly("000000000003.wal");
    }

    @Test
    void aSegmentOnlyCreatedIsTakenBack() throws IOException {
        SharedWal wal = created();
        disk.armAfter(SimulatedDisk.Fault.SYNC, 2);
        wal.append(1, false, payload(4));
        wal.append(1, false, new byte[400]);
        assertThatThrownBy(wal::sync).isInstanceOf(IOException.class);
        disk.crashLosingUnsynced();
        assertThat(disk.list("")).hasSize(2);

        SharedWal again = WalHistory.open(disk, SMALL, new Ignoring());
        assertThat(again.segmentCount()).isEqualTo(1);
        assertThat(disk.list("")).hasSize(1);
        assertThat(again.recovery().records()).isEqualTo(2);
    }

    private static final class Ignoring implements WalVisitor {
        @Override
        public void record(long groupId, boolean reset, byte[] payload) {}

        @Override
        public void forgotten(long groupId) {}
    }
}
