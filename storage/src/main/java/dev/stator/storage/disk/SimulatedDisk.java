package dev.stator.storage.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that keeps apart what was synced and what only the page cache holds, and loses
 * the latter in a power failure as real ones do: a prefix of the writes survives, the last of them
 * torn, or any of their sectors, in no order. It draws nothing itself: what survives is decided by
 * the generator that the caller hands in.
 *
 * <p>States: free, then {@link #open open} (one holder), and back to free when the holder closes
 * it, its process is killed, or the power fails. Whatever the former holder still has in its hands
 * fails with an IOException from then on. Paths of files in subdirectories are written with
 * slashes. Not thread-safe.
 */
public final class SimulatedDisk {
    /** The unit in which unsynced writes survive out of order. */
    public static final int SECTOR_BYTES = 512;

    /** A failure to come. */
    public enum Fault {
        /**
         * The next sync of a file fails. The writes it would have made durable stay readable and
         * are never written: the system takes those pages for clean.
         */
        SYNC,
        /** The next write to a file fails, after a part of it. */
        WRITE,
        /** The next sync of a directory fails. */
        DIRECTORY_SYNC
    }

    /** What a disk durably held at one moment, to be put back later. */
    public static final class Image {
        private final SimulatedDirectory root;

        private Image(SimulatedDirectory root) {
            this.root = root;
        }
    }

    // How often each armed fault still lets its operation pass.
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private SimulatedDirectory root = new SimulatedDirectory();
    private @Nullable Hold hold;
    private long syncs;

    /**
     * Takes the disk.
     *
     * @throws DirectoryLockedException where it is held
     */
    public Disk open() throws IOException {
        if (hold != null) {
            throw new DirectoryLockedException("the simulated disk", "another simulated process");
        }
        hold = new Hold();
        return new SimulatedDirectoryHandle(root, hold, true);
    }

    /** Ends the holder's process: nothing is lost, synced or not, as the page cache survives. */
    public void killProcess() {
        endHold();
    }

    /**
     * Cuts the power: ends the holder's process and loses unsynced writes and directory changes, as
     * the generator chooses: none, all, a prefix whose last write is torn, or a part of each sector
     * by sector.
     */
    public void crash(RandomGenerator choices) {
        endHold();
        root.crash(choices);
    }

    /** Cuts the power where nothing survives that was not synced. */
    public void crashLosingUnsynced() {
        endHold();
        root.loseUnsynced();
    }

    /** Arms a fault for the next operation of its kind; it strikes once. */
    public void arm(Fault fault) {
        armAfter(fault, 0);
    }

    /** Arms a fault that lets some operations of its kind pass before it strikes, once. */
    public void armAfter(Fault fault, int passing) {
        faults.put(fault, passing);
    }

    /** Takes back the faults that have not struck. */
    public void disarm() {
        faults.clear();
    }

    /** Flips one bit of a file, counted from the lowest bit of its first byte. */
    public void flipBit(String path, long bit) throws IOException {
        file(path).flipBit(bit);
    }

    /** Cuts a file durably, as a damaged file system might. */
    public void cut(String path, long size) throws IOException {
        file(path).truncate((int) size);
        file(path).sync();
    }

    /** Removes everything: a new disk in place of the old one. The disk must be free. */
    public void wipe() {
        requireFree();
        root = new SimulatedDirectory();
    }

    /** What would be found after a power failure that loses everything unsynced. */
    public Image image() {
        return new Image(root.copyOfDurable());
    }

    /** Puts an older state back: a disk restored from a copy. The disk must be free. */
    public void restore(Image image) {
        requireFree();
        root = image.root.copyOfDurable();
    }

    /** The names in a directory; the root's path is empty. */
    public List<String> list(String path) throws IOException {
        return directory(path).names();
    }

    /** The content of a file as a running process sees it. */
    public byte[] content(String path) throws IOException {
        SimulatedContent content = file(path);
        return Arrays.copyOf(content.bytes(), content.size());
    }

    /** How many syncs of files have succeeded, for tests of how many a piece of work needs. */
    public long syncs() {
        return syncs;
    }

    private SimulatedContent file(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        SimulatedDirectory parent = directory(slash < 0 ? "" : path.substring(0, slash));
        SimulatedContent content = parent.file(path.substring(slash + 1));
        if (content == null) {
            throw new FileNotFoundException(path);
        }
        return content;
    }

    private SimulatedDirectory directory(String path) throws IOException {
        if (path.isEmpty()) {
            return root;
        }
        int slash = path.lastIndexOf('/');
        SimulatedDirectory parent = directory(slash < 0 ? "" : path.substring(0, slash));
        return parent.directory(path.substring(slash + 1));
    }

    private void endHold() {
        if (hold != null) {
            hold.ended = true;
            hold = null;
        }
        faults.clear();
    }

    private void requireFree() {
        if (hold != null) {
            throw new IllegalStateException("the disk is held");
        }
    }

    /** The tenure of one process over the disk. */
    final class Hold {
        private boolean ended;

        void check() throws IOException {
            if (ended) {
                throw new IOException("the process that opened this has ended");
            }
        }

        boolean strikes(Fault fault) {
            Integer passing = faults.remove(fault);
            if (passing != null && passing > 0) {
                faults.put(fault, passing - 1);
                return false;
            }
            return passing != null;
        }

        void countSync() {
            syncs++;
        }

        void release() {
            if (!ended) {
                endHold();
            }
        }
    }
}
