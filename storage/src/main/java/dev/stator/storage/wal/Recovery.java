package dev.stator.storage.wal;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DiskFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its first segment to its end, tells a torn tail from damage, and leaves the last
 * segment such that it can be appended to: everything that was replayed is durable, nothing else is
 * in it. {@link SharedWal} has the argument.
 */
final class Recovery {
    private final Disk disk;
    private final UUID node;
    private final WalVisitor visitor;

    private final GroupSegments groups = new GroupSegments();
    private long records;
    // Segments before this one were given up.
    private long first = Segment.FIRST;
    private @Nullable ActiveSegment active;
    private Optional<WalRecovery.TornTail> tornTail = Optional.empty();
    // Where the last seal stands in its segment.
    private long sealOffset;

    /**
     * The segment that the log goes on in.
     *
     * @param end the offset behind its last valid frame
     * @param syncPoint the offset of its last sync point, or of its first frame where it has none
     * @param syncPointEnd the offset behind that
     */
    record ActiveSegment(long number, long end, long syncPoint, long syncPointEnd) {}

    /** What the log goes on with. */
    record Result(
            long firstSegment, ActiveSegment active, GroupSegments groups, WalRecovery report) {}

    Recovery(Disk disk, UUID node, WalVisitor visitor) {
        this.disk = disk;
        this.node = node;
        this.visitor = visitor;
    }

    Result run() throws IOException {
        Segment.deleteUnfinished(disk);
        List<Long> found = Segment.numbers(disk);
        if (found.isEmpty()) {
            throw new CorruptWalException(Segment.name(first), 0, "the log has no segment");
        }
        long newest = found.getLast();
        long oldest = oldestWithoutGap(found);
        for (long number = oldest; number <= newest && active == null; number++) {
            replay(number);
        }
        if (active == null) {
            throw missing(newest + 1);
        }
        checkFirst(found, oldest);
        for (long number : found) {
            if (number < first || number > active.number) {
                disk.delete(Segment.name(number));
            }
        }
        disk.syncDirectory();
        settle(active);
        return new Result(first, active, groups, new WalRecovery(records, tornTail));
    }

    private static long oldestWithoutGap(List<Long> numbers) {
        int index = numbers.size() - 1;
        while (index > 0 && numbers.get(index - 1) == numbers.get(index) - 1) {
            index--;
        }
        return numbers.get(index);
    }

    private void replay(long number) throws IOException {
        try (DiskFile file = disk.open(Segment.name(number))) {
            Segment.checkHeader(file, node, number);
            SegmentReader reader = new SegmentReader(file, node, number);
            long offset = Segment.HEADER_BYTES;
            long syncPoint = offset;
            long syncPointEnd = offset;
            for (SegmentReader.Frame frame = reader.frameAt(offset);
                    frame != null;
                    frame = reader.frameAt(offset)) {
                replay(frame, number, offset);
                if (frame.kind() == FrameKind.SEAL) {
                    checkSeal(frame, reader, number);
                    sealOffset = offset;
                    return;
                }
                if (frame.kind() == FrameKind.SYNC_POINT) {
                    syncPoint = offset;
                    syncPointEnd = frame.end();
                }
                offset = frame.end();
            }
            endAt(new ActiveSegment(number, offset, syncPoint, syncPointEnd), reader);
        }
    }

    private void replay(SegmentReader.Frame frame, long segment, long offset)
            throws CorruptWalException {
        long group = frame.groupId();
        switch (frame.kind()) {
            case RECORD, RESET -> {
                boolean reset = frame.kind() == FrameKind.RESET;
                groups.record(group, reset, segment);
                records++;
                visitor.record(group, reset, frame.payload());
            }
            case FORGET -> {
                groups.forget(group);
                visitor.forgotten(group);
            }
            case TRIM -> {
                if (group < first || group > segment) {
                    throw new CorruptWalException(
                            Segment.name(segment),
                            offset,
                            "it gives up the segments before " + group + " after " + first);
                }
                first = group;
            }
            case SYNC_POINT, SEAL -> {}
        }
    }

    private static void checkSeal(SegmentReader.Frame seal, SegmentReader reader, long number)
            throws IOException {
        if (seal.groupId() != number + 1 || !reader.isBlankFrom(seal.end())) {
            throw new CorruptWalException(
                    Segment.name(number), seal.end(), "the segment goes on after its seal");
        }
    }

    /** The frames end in a segment without a seal: it is the last, or it is damaged. */
    private void endAt(ActiveSegment last, SegmentReader reader) throws IOException {
        String name = Segment.name(last.number);
        boolean isBlank = reader.isBlankFrom(last.end);
        if (!isBlank && reader.hasSyncPointFrom(last.end)) {
            throw new CorruptWalException(
                    name, last.end, "there is no valid frame, but synced ones come after it");
        }
        if (!isUnusedAfter(last.number)) {
            throw new CorruptWalException(
                    name, last.end, "there is no valid frame, but a later segment is in use");
        }
        if (!isBlank) {
            long size = reader.size() - last.end;
            tornTail = Optional.of(new WalRecovery.TornTail(name, last.end, size));
        }
        active = last;
    }

    /** Whether the segments after the given one are none, or one that was only created. */
    private boolean isUnusedAfter(long number) throws IOException {
        List<Long> later = Segment.numbers(disk).stream().filter(other -> other > number).toList();
        if (later.isEmpty()) {
            return true;
        }
        if (later.size() > 1) {
            return false;
        }
        long next = later.getFirst();
        try (DiskFile file = disk.open(Segment.name(next))) {
            Segment.checkHeader(file, node, next);
            return new SegmentReader(file, node, next).isBlankFrom(Segment.HEADER_BYTES);
        }
    }

    private void checkFirst(List<Long> found, long oldest) throws CorruptWalException {
        if (oldest > first) {
            throw missing(oldest - 1);
        }
        for (long number : found) {
            if (number < oldest && number >= first) {
                throw missing(oldest - 1);
            }
        }
        if (groups.oldestNeeded(first) < first) {
            throw new CorruptWalException(
                    Segment.name(first), 0, "a group needs a segment that was given up");
        }
    }

    private static CorruptWalException missing(long number) {
        return new CorruptWalException(Segment.name(number), 0, "the segment is missing");
    }

    /**
     * Makes durable what was replayed though perhaps only the page cache holds it, the last sync
     * point included: it was written after the sync that it stands for. Cuts off everything else,
     * also where nothing else is seen: an earlier cut may not have reached the device.
     */
    private void settle(ActiveSegment last) throws IOException {
        if (last.end == Segment.HEADER_BYTES && last.number > first) {
            settleSeal(last.number - 1);
        }
        try (DiskFile file = disk.open(Segment.name(last.number))) {
            SegmentReader reader = new SegmentReader(file, node, last.number);
            reader.rewrite(last.syncPoint, last.end);
            file.truncate(last.end);
            file.sync();
        }
    }

    private void settleSeal(long number) throws IOException {
        try (DiskFile file = disk.open(Segment.name(number))) {
            SegmentReader reader = new SegmentReader(file, node, number);
            reader.rewrite(sealOffset, sealOffset + FrameFormat.HEADER_BYTES);
            file.sync();
        }
    }
}
