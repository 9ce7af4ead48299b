package dev.stator.storage.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NodeIdentityTest {
    private static final UUID FIRST = new UUID(1, 2);
    private static final UUID SECOND = new UUID(3, 4);

    private final SimulatedDisk simulated = new SimulatedDisk();

    @Test
    void anEmptyDirectoryIsANewNodeOnceAndForAll() throws IOException {
        try (Disk disk = simulated.open()) {
            NodeIdentity minted = NodeIdentity.openOrMint(disk, FIRST);
            assertThat(minted).isEqualTo(new NodeIdentity(FIRST, false));
        }
        simulated.crashLosingUnsynced();
        try (Disk disk = simulated.open()) {
            NodeIdentity again = NodeIdentity.openOrMint(disk, SECOND);
            assertThat(again).isEqualTo(new NodeIdentity(FIRST, false));
            again.markInitialized(disk);
        }
        simulated.crashLosingUnsynced();
        try (Disk disk = simulated.open()) {
            assertThat(NodeIdentity.openOrMint(disk, SECOND))
                    .isEqualTo(new NodeIdentity(FIRST, true));
        }
    }

    @Test
    void filesWithoutAnIdentityAreRefused() throws IOException {
        Disk disk = simulated.open();
        disk.subdirectory("wal");
        assertThatThrownBy(() -> NodeIdentity.openOrMint(disk, FIRST))
                .isInstanceOf(MissingIdentityException.class)
                .hasMessageContaining("[wal]")
                .hasMessageContaining("no node identity");
    }

    @Test
    void aDamagedIdentityIsRefused() throws IOException {
        Disk disk = simulated.open();
        NodeIdentity.openOrMint(disk, FIRST);
        simulated.flipBit("identity", 200);
        assertThatThrownBy(() -> NodeIdentity.openOrMint(disk, SECOND))
                .isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aPowerFailureWhileMintingLeavesAUsableDirectory() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            SimulatedDisk some = new SimulatedDisk();
            Disk disk = some.open();
            some.arm(seed % 2 == 0 ? SimulatedDisk.Fault.SYNC : SimulatedDisk.Fault.DIRECTORY_SYNC);
            assertThatThrownBy(() -> NodeIdentity.openOrMint(disk, FIRST))
                    .isInstanceOf(IOException.class);
            some.crash(new SplittableRandom(seed));
            assertThat(NodeIdentity.openOrMint(some.open(), SECOND).id())
                    .as("seed %d", seed)
                    .isIn(FIRST, SECOND);
        }
    }
}
