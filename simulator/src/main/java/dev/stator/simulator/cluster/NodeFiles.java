package dev.stator.simulator.cluster;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DurableFile;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.identity.NodeIdentity;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalOptions;
import dev.stator.storage.wal.WalVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** What a node keeps in its data directory, opened in the order in which the server does it. */
final class NodeFiles {
    private static final String INCARNATION_FILE = "incarnation";
    private static final String WAL_DIRECTORY = "wal";

    /** Small segments, so that they are deleted; a small buffer, so that writes can be torn. */
    private static final WalOptions WAL_OPTIONS = new WalOptions(96 << 10, 16 << 10, 4 << 10);

    private final Disk disk;
    private final NodeIdentity identity;
    private final long incarnation;

    /**
     * @param id the one to mint where the directory is empty
     */
    NodeFiles(SimulatedDisk machineDisk, UUID id) throws IOException {
        disk = machineDisk.open();
        identity = NodeIdentity.openOrMint(disk, id);
        DurableFile file = new DurableFile(disk, INCARNATION_FILE);
        long last = file.read().map(content -> ByteBuffer.wrap(content).getLong()).orElse(0L);
        incarnation = last + 1;
        file.replace(ByteBuffer.allocate(Long.BYTES).putLong(incarnation).array());
    }

    long incarnation() {
        return incarnation;
    }

    SharedWal openWal(WalVisitor visitor) throws IOException {
        Disk directory = disk.subdirectory(WAL_DIRECTORY);
        if (identity.initialized()) {
            return SharedWal.open(directory, identity.id(), WAL_OPTIONS, visitor);
        }
        SharedWal created = SharedWal.create(directory, identity.id(), WAL_OPTIONS);
        identity.markInitialized(disk);
        return created;
    }
}
