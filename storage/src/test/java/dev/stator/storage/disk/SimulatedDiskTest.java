package dev.stator.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest extends DiskContractTest {
    private final SimulatedDisk simulated = new SimulatedDisk();

    @Override
    Disk open() throws IOException {
        return simulated.open();
    }

    @Test
    void aPowerFailureLosesWhatWasNotSynced() throws IOException {
        Disk disk = open();
        DiskFile file = disk.create("a");
        disk.syncDirectory();
        file.write(bytes("synced"), 0);
        file.sync();
        file.write(bytes("lost"), 0);
        disk.create("unsynced-name").sync();
        disk.rename("a", "b");
        simulated.crashLosingUnsynced();

        Disk after = open();
        assertThat(after.list()).containsExactly("a");
        assertThat(read(after.open("a"), 0, 6)).isEqualTo("synced");
    }

    @Test
    void aKilledProcessLosesNothing() throws IOException {
        DiskFile file = open().create("a");
        file.write(bytes("cached"), 0);
        simulated.killProcess();

        assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
        assertThat(read(open().open("a"), 0, 6)).isEqualTo("cached");
    }

    @Test
    void aPowerFailureKeepsSyncedBytesAndAnyPartOfTheRest() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            SimulatedDisk some = new SimulatedDisk();
            Disk disk = some.open();
            DiskFile file = disk.create("a");
            disk.syncDirectory();
            int sector = SimulatedDisk.SECTOR_BYTES;
            file.write(ByteBuffer.wrap(filled(sector, 's')), 0);
            file.sync();
            file.write(ByteBuffer.wrap(filled(2 * sector, 'u')), sector);
            some.crash(new SplittableRandom(seed));

            byte[] content = some.content("a");
            for (int i = 0; i < sector; i++) {
                assertThat(content[i]).isEqualTo((byte) 's');
            }
            outcomes.add(outcome(content, sector));
        }
        assertThat(outcomes)
                .as("nothing, all, torn inside a sector, and the second sector without the first")
                .contains("none", "all", "torn", "second only");
    }

    private static String outcome(byte[] content, int sector) {
        int kept = 0;
        for (int i = sector; i < content.length; i++) {
            kept += content[i] == 'u' ? 1 : 0;
        }
        if (kept == 0) {
            return "none";
        }
        if (kept == 2 * sector) {
            return "all";
        }
        if (kept == sector) {
            return content[sector] == 'u' ? "first only" : "second only";
        }
        return "torn";
    }

    private static byte[] filled(int length, char with) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    @Test
    void aFailedSyncDropsItsWritesThoughTheyStayReadable() throws IOException {
        Disk disk = open();
        DiskFile file = disk.create("a");
        disk.syncDirectory();
        file.write(bytes("doomed"), 0);
        simulated.arm(SimulatedDisk.Fault.SYNC);
        assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
        file.sync();
        assertThat(read(file, 0, 6)).isEqualTo("doomed");
        simulated.crashLosingUnsynced();

        assertThat(simulated.content("a")).isEmpty();
    }

    @Test
    void writesAndDirectorySyncsFailOnceWhenArmed() throws IOException {
        Disk disk = open();
        DiskFile file = disk.create("a");
        simulated.arm(SimulatedDisk.Fault.WRITE);
        assertThatThrownBy(() -> file.write(bytes("abcd"), 0)).isInstanceOf(IOException.class);
        assertThat(read(file, 0, 2)).isEqualTo("ab");
        simulated.arm(SimulatedDisk.Fault.DIRECTORY_SYNC);
        assertThatThrownBy(disk::syncDirectory).isInstanceOf(IOException.class);
        disk.syncDirectory();
    }

    @Test
    void aBitFlipsAndFlipsBack() throws IOException {
        DiskFile file = open().subdirectory("wal").create("a");
        file.write(bytes("@@"), 0);
        simulated.flipBit("wal/a", 8);
        assertThat(read(file, 0, 2)).isEqualTo("@A");
        simulated.flipBit("wal/a", 8);
        assertThat(read(file, 0, 2)).isEqualTo("@@");
    }

    @Test
    void anOldCopyIsPutBackAndAWipedDiskIsEmpty() throws IOException {
        Disk disk = open();
        DiskFile file = disk.create("a");
        disk.syncDirectory();
        file.write(bytes("old"), 0);
        file.sync();
        SimulatedDisk.Image image = simulated.image();
        file.write(bytes("new"), 0);
        file.sync();
        disk.close();

        simulated.restore(image);
        assertThat(simulated.content("a")).asString().isEqualTo("old");
        simulated.wipe();
        assertThat(simulated.list("")).isEmpty();
    }
}
