package dev.stator.storage.wal;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One write-ahead log for all replication groups of a node: their records, opaque here, are
 * appended to one sequence of segments and made durable by one sync for all. Owned by the loop of
 * the log; not thread-safe.
 *
 * <h2>Format</h2>
 *
 * A segment is a header ({@link Segment}) and frames without gaps ({@link FrameFormat}), ahead of
 * whose end it is filled with zeros. After every successful sync a <em>sync point</em> is written:
 * a frame which says that everything before it was durable when it was written. It is not synced
 * itself; it becomes durable with the batch that follows, or when the system writes the page back.
 * A segment that is full is ended by a <em>seal</em>, a sync point that names the next segment,
 * which was created before.
 *
 * <h2>A torn tail, or damage?</h2>
 *
 * After a crash, what was written since the last successful sync may be there, or any part of it,
 * its pages in any order, with zeros or, on a poor file system, old blocks in between. Where the
 * frames stop being valid, at offset E, recovery therefore has to decide between two cases: these
 * are the remains of an unsynced write, to be cut off, or a synced record was damaged, and the node
 * must not go on, since a replica may have forgotten a vote. The length field of a damaged frame is
 * worth nothing, so nothing is concluded from where it says that the frame ends. The rule:
 *
 * <ol>
 *   <li>A valid sync point or seal at any byte after E means damage: when it was written, E was
 *       durable. So does a later segment that holds anything, as a segment is used only after the
 *       seal of the one before was synced.
 *   <li>Otherwise it is a torn tail. Indeed, every batch whose sync succeeded, but the last, is
 *       followed by a sync point that the sync of the next batch made durable together with that
 *       batch; so if E lay in one of them, every sync point after E would have to be gone or
 *       damaged besides.
 * </ol>
 *
 * What cannot be told apart from inside the log is damage to the last batch when the sync point
 * behind it is lost as well: the power failed right after the sync, and a bit of that same batch
 * flipped later. After an orderly {@link #close}, a crash of the process alone, or once the system
 * has written the page back, the sync point is there and every flipped bit of a record is found. A
 * directory from which the newest segments were removed, or an older copy of it, are for the
 * replication protocol to find.
 *
 * <p>Old bytes are never taken for frames: a frame's checksum covers the node, the segment number
 * and the offset, so it is valid at one place of one log only. At that one place a torn write may
 * have left it; therefore recovery cuts the tail off, durably, before anything is appended behind
 * E.
 *
 * <p>Frames between the last sync point and E are valid but perhaps only in the page cache: the
 * process was killed before its sync, or the sync failed, after which the system takes the pages
 * for clean though they were never written. They are replayed, and so they have to be durable:
 * recovery writes them over themselves and syncs. For the same reason a log whose write or sync
 * failed is failed for ever; only a new process that has read it again may go on.
 *
 * <h2>Deletion</h2>
 *
 * A segment can go once every group with records in it has a reset record in a later one, or was
 * forgotten. Deletion goes from the oldest segment upwards and is itself recorded first, so that a
 * missing segment is known from a deleted one.
 *
 * <h2>Preallocation</h2>
 *
 * A write within the size of the file, to blocks already allocated, spares the sync the journal of
 * the file system. Measured on ext4 (2 cores, virtio disk, 1,500 writes each, three rounds): write
 * and fdatasync of 512 B, appended 2.6–4.3 k/s (median 0.23–0.33 ms), with zeros written 1 MiB
 * ahead 4.7–6.6 k/s (0.14–0.20 ms), with the whole file written before 4.3–6.0 k/s; of 4 KiB
 * 2.6–3.3 k/s against 5.0–6.0 k/s; of 64 KiB, where the zeros double what is written, 1.0–2.5 k/s
 * against 3.2–4.0 k/s. Filling a segment at once would stall the log for 0.1–0.3 s; a MiB at a time
 * costs about a millisecond.
 */
public final class SharedWal implements AutoCloseable {
    public static final int PAYLOAD_BYTES_MAX = 32 << 20;

    private static final byte[] NO_PAYLOAD = {};

    private final Disk disk;
    private final UUID node;
    private final WalOptions options;
    private final SegmentWriter.WriteSpace space;
    private final GroupSegments groups;
    private final WalRecovery recovery;
    private SegmentWriter active;
    private long oldest;
    // Where the last successful sync and its sync point ended.
    private long syncedEnd;
    private boolean hasUnsyncedSyncPoint;
    private @Nullable IOException failure;

    private SharedWal(Disk disk, UUID node, WalOptions options, Recovery.Result recovered)
            throws IOException {
        this.disk = disk;
        this.node = node;
        this.options = options;
        this.groups = recovered.groups();
        this.recovery = recovered.report();
        this.oldest = recovered.firstSegment();
        this.space =
                new SegmentWriter.WriteSpace(
                        ByteBuffer.allocateDirect(options.writeBufferBytes()),
                        options.preallocationBytes());
        Recovery.ActiveSegment last = recovered.active();
        this.active = writer(last.number(), last.end());
        this.syncedEnd = last.end();
        if (last.end() > last.syncPointEnd()) {
            writeSyncPoint();
        }
    }

    /**
     * Creates the log of a node that is started for the first time, in a directory of its own. What
     * an earlier first start left that came to no record is taken over.
     */
    public static SharedWal create(Disk disk, UUID node, WalOptions options) throws IOException {
        Segment.deleteUnfinished(disk);
        if (Segment.numbers(disk).isEmpty()) {
            Segment.create(disk, node, Segment.FIRST);
        }
        SharedWal wal = open(disk, node, options, new NothingExpected());
        if (wal.recovery.records() > 0) {
            wal.close();
            throw new IOException("the log of a node that never started holds records");
        }
        return wal;
    }

    /**
     * Opens an existing log and replays it. Everything the visitor was given is durable when this
     * returns; where it fails instead, what the visitor was given is worth nothing.
     *
     * @throws CorruptWalException where the log has lost or changed something durable
     */
    public static SharedWal open(Disk disk, UUID node, WalOptions options, WalVisitor visitor)
            throws IOException {
        return new SharedWal(disk, node, options, new Recovery(disk, node, visitor).run());
    }

    /** What opening the log found. */
    public WalRecovery recovery() {
        return recovery;
    }

    /**
     * Appends a record, durable after the next successful {@link #sync}. Records of one batch are
     * no unit: a crash before the sync may keep the first of them and lose the rest.
     *
     * @param reset whether it supersedes every earlier record of the group
     * @param payload at most {@link #PAYLOAD_BYTES_MAX}; copied
     * @throws WalFailedException where the log had failed before
     */
    public void append(long groupId, boolean reset, byte[] payload) throws IOException {
        append(groupId, reset, payload, payload.length);
    }

    /** Appends the first bytes of an array as a record. */
    public void append(long groupId, boolean reset, byte[] payload, int length) throws IOException {
        if (length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("a record of " + length + " bytes");
        }
        append(reset ? FrameKind.RESET : FrameKind.RECORD, groupId, payload, length);
        groups.record(groupId, reset, active.number());
    }

    /** Voids every earlier record of a group that leaves this node; durable as a record is. */
    public void forget(long groupId) throws IOException {
        append(FrameKind.FORGET, groupId, NO_PAYLOAD, 0);
        groups.forget(groupId);
    }

    private void append(FrameKind kind, long groupId, byte[] payload, int length)
            throws IOException {
        checkSound();
        try {
            active.append(kind, groupId, payload, length);
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /** The bytes appended since the last sync, for the caller to bound its batches by. */
    public long unsyncedBytes() {
        return active.end() - syncedEnd;
    }

    /**
     * Makes durable everything appended so far; returns at once where that is nothing.
     *
     * @throws WalFailedException where the log had failed before
     */
    public void sync() throws IOException {
        checkSound();
        if (unsyncedBytes() == 0) {
            return;
        }
        try {
            active.sync();
            if (active.end() < options.segmentBytes()) {
                writeSyncPoint();
            } else {
                startNextSegment();
            }
        } catch (IOException e) {
            throw fail(e);
        }
    }

    private void writeSyncPoint() throws IOException {
        active.append(FrameKind.SYNC_POINT, 0);
        active.write();
        syncedEnd = active.end();
        hasUnsyncedSyncPoint = true;
    }

    private void startNextSegment() throws IOException {
        long next = active.number() + 1;
        Segment.create(disk, node, next);
        active.seal();
        active = writer(next, Segment.HEADER_BYTES);
        syncedEnd = active.end();
        hasUnsyncedSyncPoint = false;
    }

    private SegmentWriter writer(long number, long end) throws IOException {
        DiskFile file = disk.open(Segment.name(number));
        return new SegmentWriter(file, node, number, end, space);
    }

    /** How many segments the log has. */
    public int segmentCount() {
        return (int) (active.number() - oldest + 1);
    }

    /**
     * The groups that keep the oldest segment from being deleted: those to be asked for a reset
     * record when there are too many segments. None where there is one segment only.
     */
    public SortedSet<Long> groupsPinningOldest() {
        return groups.needing(Math.min(oldest, active.number() - 1));
    }

    /**
     * Deletes the oldest segments as far as no group needs them, and returns how many those were.
     * Where there are any, everything appended so far is synced on the way.
     */
    public int deleteReleasedSegments() throws IOException {
        checkSound();
        long needed = groups.oldestNeeded(active.number());
        if (needed == oldest) {
            return 0;
        }
        append(FrameKind.TRIM, needed, NO_PAYLOAD, 0);
        sync();
        try {
            for (long number = oldest; number < needed; number++) {
                disk.delete(Segment.name(number));
            }
            disk.syncDirectory();
        } catch (IOException e) {
            throw fail(e);
        }
        int deleted = (int) (needed - oldest);
        oldest = needed;
        return deleted;
    }

    /** Ends the use of the log. What was appended since the last sync is lost. */
    @Override
    public void close() throws IOException {
        try {
            if (failure == null && hasUnsyncedSyncPoint) {
                active.syncWritten();
            }
        } finally {
            active.close();
        }
    }

    private void checkSound() throws WalFailedException {
        if (failure != null) {
            throw new WalFailedException(failure);
        }
    }

    private IOException fail(IOException cause) {
        failure = cause;
        return cause;
    }

    private static final class NothingExpected implements WalVisitor {
        @Override
        public void record(long groupId, boolean reset, byte[] payload) {}

        @Override
        public void forgotten(long groupId) {}
    }
}
