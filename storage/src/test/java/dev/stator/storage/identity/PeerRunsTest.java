package dev.stator.storage.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A node and one that knows it, through restarts, restored copies and twins. */
class PeerRunsTest {
    private static final UUID NODE = new UUID(1, 2);

    private final Disk peerDisk;
    private final SimulatedDisk nodeDisk = new SimulatedDisk();
    private long nextName = 1_000;

    PeerRunsTest() throws IOException {
        peerDisk = new SimulatedDisk().open();
    }

    private static Disk restored(SimulatedDisk.Image image) throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        disk.restore(image);
        return disk.open();
    }

    private RunHistory start(Disk disk) throws IOException {
        return RunHistory.begin(disk, false, nextName++);
    }

    private boolean isAdmitted(RunHistory runs) throws IOException {
        return PeerRuns.open(peerDisk).admit(Map.of(NODE, runs));
    }

    @Test
    void aNodeThatRestartsIsAdmittedHoweverOften() throws IOException {
        Disk disk = nodeDisk.open();
        for (int run = 1; run <= RunHistory.REMEMBERED + 10; run++) {
            RunHistory runs = start(disk);
            assertThat(runs.incarnation()).isEqualTo(run);
            if (run % 7 == 1) {
                assertThat(isAdmitted(runs)).isTrue();
                assertThat(isAdmitted(runs)).as("again").isTrue();
            }
        }
    }

    @Test
    void anOlderCopyIsRefusedHoweverOftenItIsStarted() throws IOException {
        Disk disk = nodeDisk.open();
        start(disk);
        start(disk);
        SimulatedDisk.Image copy = nodeDisk.image();
        start(disk);
        assertThat(isAdmitted(start(disk))).isTrue();

        Disk restored = restored(copy);
        for (int run = 3; run < 10; run++) {
            assertThat(isAdmitted(start(restored))).as("run %s", run).isFalse();
        }
        assertThat(isAdmitted(start(disk))).as("the node itself").isTrue();
    }

    @Test
    void ofTwoCopiesThatRunOnlyTheFirstIsAdmitted() throws IOException {
        Disk disk = nodeDisk.open();
        start(disk);
        SimulatedDisk.Image copy = nodeDisk.image();
        assertThat(isAdmitted(start(disk))).isTrue();
        assertThat(isAdmitted(start(restored(copy)))).isFalse();
    }

    @Test
    void aDirectoryInUseThatLacksItsRunsIsDamaged() {
        assertThatThrownBy(() -> RunHistory.begin(nodeDisk.open(), true, 1))
                .isInstanceOf(DamagedFileException.class);
    }

    @Test
    void historiesAreReadAsTheyWereWritten() throws IOException {
        Disk disk = nodeDisk.open();
        start(disk);
        RunHistory runs = start(disk);
        assertThat(RunHistory.decode(runs.encode())).isEqualTo(runs);
        assertThatThrownBy(() -> RunHistory.decode(new byte[30]))
                .isInstanceOf(DamagedFileException.class);
    }
}
