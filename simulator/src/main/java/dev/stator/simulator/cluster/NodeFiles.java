package dev.stator.simulator.cluster;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.identity.NodeIdentity;
import dev.stator.storage.identity.PeerRuns;
import dev.stator.storage.identity.RunHistory;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalOptions;
import dev.stator.storage.wal.WalVisitor;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What a node keeps in its data directory, opened in the order in which the server does it. */
final class NodeFiles {
    private static final String WAL_DIRECTORY = "wal";

    /** Small segments, so that they are deleted; a small buffer, so that writes can be torn. */
    private static final WalOptions WAL_OPTIONS = new WalOptions(96 << 10, 16 << 10, 4 << 10);

    /** So much of the newest segment at its end may not have been synced for long. */
    private static final int NEWEST_BYTES = 48 << 10;

    private final Disk disk;
    private final NodeIdentity identity;
    private final RunHistory runs;
    private final PeerRuns peerRuns;

    /**
     * @param member the identity that belongs to the cluster
     * @param fresh the one to mint where the directory is empty
     * @param runName of the run that begins
     * @throws WrongIdentityException where the directory is not, or no more, that member's
     */
    NodeFiles(SimulatedDisk machineDisk, UUID member, UUID fresh, long runName) throws IOException {
        disk = machineDisk.open();
        identity = NodeIdentity.openOrMint(disk, fresh);
        if (!identity.id().equals(member)) {
            throw new WrongIdentityException();
        }
        runs = RunHistory.begin(disk, identity.initialized(), runName);
        peerRuns = PeerRuns.open(disk);
    }

    /** The runs of this directory's node, the present one included. */
    RunHistory runs() {
        return runs;
    }

    /** What it has heard of the runs of others. */
    PeerRuns peerRuns() {
        return peerRuns;
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

    /**
     * Flips a bit of the log, in a place that was synced long ago. Damage to what was synced last
     * is left alone: where the power fails right after it, nothing in the log can tell it from a
     * torn write ({@link SharedWal} says why).
     *
     * @return false where the log is still too short
     */
    static boolean flipBitOfLog(SimulatedDisk disk, SplittableRandom random) throws IOException {
        if (!disk.list("").contains(WAL_DIRECTORY)) {
            return false; // Emptied before.
        }
        List<String> segments = disk.list(WAL_DIRECTORY);
        int first = segments.isEmpty() ? 0 : random.nextInt(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            int chosen = (first + i) % segments.size();
            String path = WAL_DIRECTORY + "/" + segments.get(chosen);
            int used = usedBytes(disk.content(path));
            if (chosen == segments.size() - 1) {
                used -= NEWEST_BYTES;
            }
            if (used > 0) {
                disk.flipBit(path, random.nextLong((long) used * Byte.SIZE));
                return true;
            }
        }
        return false;
    }

    /** Without the zeros ahead of the end. */
    private static int usedBytes(byte[] content) {
        int used = content.length;
        while (used > 0 && content[used - 1] == 0) {
            used--;
        }
        return used;
    }
}
