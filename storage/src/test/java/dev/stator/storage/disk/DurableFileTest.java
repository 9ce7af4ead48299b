package dev.stator.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurableFileTest {
    private final SimulatedDisk simulated = new SimulatedDisk();

    @Test
    void aFileNeverWrittenHasNoContent() throws IOException {
        assertThat(new DurableFile(simulated.open(), "f").read()).isEmpty();
    }

    @Test
    void theLastContentIsRead() throws IOException {
        DurableFile file = new DurableFile(simulated.open(), "f");
        file.replace(bytes("one"));
        file.replace(bytes("two"));
        assertThat(file.read()).hasValue(bytes("two"));
    }

    @Test
    void aPowerFailureLeavesTheOldContentOrTheNew() throws IOException {
        int replaced = 0;
        for (int seed = 0; seed < 300; seed++) {
            SimulatedDisk some = new SimulatedDisk();
            DurableFile file = new DurableFile(some.open(), "f");
            file.replace(bytes("old"));
            some.arm(SimulatedDisk.Fault.DIRECTORY_SYNC);
            assertThatThrownBy(() -> file.replace(bytes("new"))).isInstanceOf(IOException.class);
            some.crash(new SplittableRandom(seed));

            DurableFile after = new DurableFile(some.open(), "f");
            byte[] content = after.read().orElseThrow();
            assertThat(new String(content, StandardCharsets.US_ASCII))
                    .as("seed %d", seed)
                    .isIn("old", "new");
            replaced += content[0] == 'n' ? 1 : 0;
            after.replace(bytes("next"));
            assertThat(after.read()).hasValue(bytes("next"));
        }
        assertThat(replaced).isBetween(1, 299);
    }

    @Test
    void everyFlippedBitAndEveryCutIsFound() throws IOException {
        DurableFile file = new DurableFile(simulated.open(), "f");
        file.replace(bytes("content"));
        int size = simulated.content("f").length;
        for (long bit = 0; bit < size * 8L; bit++) {
            simulated.flipBit("f", bit);
            assertThatThrownBy(file::read)
                    .as("bit %d", bit)
                    .isInstanceOf(DamagedFileException.class);
            simulated.flipBit("f", bit);
        }
        for (int cut = size - 1; cut >= 0; cut--) {
            simulated.cut("f", cut);
            assertThatThrownBy(file::read).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void oneFilesContentIsNotTakenForAnothers() throws IOException {
        Disk disk = simulated.open();
        new DurableFile(disk, "f").replace(bytes("content"));
        disk.rename("f", "g");
        assertThatThrownBy(new DurableFile(disk, "g")::read)
                .isInstanceOf(DamagedFileException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
