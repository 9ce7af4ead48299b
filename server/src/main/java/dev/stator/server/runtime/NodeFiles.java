package dev.stator.server.runtime;

import dev.stator.replication.NodeId;
import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DurableFile;
import dev.stator.storage.disk.FileDisk;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.identity.NodeIdentity;
import dev.stator.storage.identity.PeerRuns;
import dev.stator.storage.identity.RunHistory;
import dev.stator.storage.store.MemoryPartitionStore;
import dev.stator.storage.store.PartitionStore;
import dev.stator.storage.store.RocksPartitionStore;
import dev.stator.storage.store.RocksStoreOptions;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalOptions;
import dev.stator.storage.wal.WalVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node keeps in its data directory, held exclusively: its identity, its runs and those of
 * others that it has heard of, the WAL and the store. A directory that holds an identity but lacks
 * the WAL or the store has lost what the node voted for, and is refused; so is one of which others
 * know later runs.
 */
public final class NodeFiles implements AutoCloseable {
    private static final String FORGETFUL_FILE = "forgetful";
    private static final String WAL_DIRECTORY = "wal";
    private static final String STORE_DIRECTORY = "store";

    private final Disk disk;
    private final Optional<Path> path;
    private final RunHistory runs;
    private final PeerRuns peerRuns;
    private NodeIdentity identity;

    private NodeFiles(Disk disk, Optional<Path> path) throws IOException {
        this.disk = disk;
        this.path = path;
        this.identity = NodeIdentity.openOrMint(disk, UUID.randomUUID());
        Optional<byte[]> forgetful = new DurableFile(disk, FORGETFUL_FILE).read();
        if (forgetful.isPresent()) {
            throw new DamagedFileException(
                    FORGETFUL_FILE, new String(forgetful.get(), StandardCharsets.UTF_8));
        }
        this.runs = RunHistory.begin(disk, identity.initialized(), new SecureRandom().nextLong());
        this.peerRuns = PeerRuns.open(disk);
    }

    /** Opens a directory, and makes it a new node's where it is empty. */
    public static NodeFiles open(Path directory) throws IOException {
        FileDisk.createDirectories(directory);
        Disk disk = FileDisk.open(directory);
        try {
            return new NodeFiles(disk, Optional.of(directory));
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    /** A new node whose files are in memory and are gone with the process. */
    public static NodeFiles inMemory() throws IOException {
        Disk disk = new SimulatedDisk().open();
        return new NodeFiles(disk, Optional.empty());
    }

    public NodeId nodeId() {
        return new NodeId(
                identity.id().getMostSignificantBits(), identity.id().getLeastSignificantBits());
    }

    /** For further small files, such as the record of the cluster's formation. */
    public Disk disk() {
        return disk;
    }

    /** The runs of this node, the present one, which is counted durably, included. */
    RunHistory runs() {
        return runs;
    }

    /** What this node has heard of the runs of others. */
    PeerRuns peerRuns() {
        return peerRuns;
    }

    /**
     * Another node knows runs of this one that this directory does not: it is an older copy, and is
     * refused from now on.
     */
    void markForgetful(String reason) throws IOException {
        new DurableFile(disk, FORGETFUL_FILE).replace(reason.getBytes(StandardCharsets.UTF_8));
    }

    /** Opens the WAL and replays it. */
    SharedWal openWal(WalVisitor visitor) throws IOException {
        Disk directory = disk.subdirectory(WAL_DIRECTORY);
        return identity.initialized()
                ? SharedWal.open(directory, identity.id(), WalOptions.DEFAULT, visitor)
                : SharedWal.create(directory, identity.id(), WalOptions.DEFAULT);
    }

    PartitionStore openStore() throws IOException {
        if (path.isEmpty()) {
            return new MemoryPartitionStore();
        }
        Path directory = path.get().resolve(STORE_DIRECTORY);
        return identity.initialized()
                ? RocksPartitionStore.open(directory, RocksStoreOptions.DEFAULT)
                : RocksPartitionStore.create(directory, RocksStoreOptions.DEFAULT);
    }

    /** Records that WAL and store exist: from now on a missing one is a loss. */
    void markInitialized() throws IOException {
        if (!identity.initialized()) {
            identity = identity.markInitialized(disk);
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
