package dev.stator.storage.wal;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The files of a log: one per segment, numbered from 1 without gaps. Each begins with a header of
 * 64 bytes: magic (8), format version (4), zero (4), identity of the node (16), segment number (8),
 * zeros, and in its last 4 bytes a CRC32C of the rest. A segment gets its name only once its header
 * is durable, so that a named file without a valid header is damage and never a torn write.
 */
final class Segment {
    static final int HEADER_BYTES = 64;
    static final long FIRST = 1;

    private static final long MAGIC = 0x53544154_4F57414CL; // "STATOWAL"
    private static final int FORMAT_VERSION = 1;
    private static final int CHECKSUM_AT = HEADER_BYTES - 4;
    private static final int NAME_DIGITS = 12;
    private static final String SUFFIX = ".wal";
    private static final String UNFINISHED_SUFFIX = ".wal.new";

    private Segment() {}

    static String name(long number) {
        return digits(number) + SUFFIX;
    }

    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, NAME_DIGITS - digits.length())) + digits;
    }

    /** The numbers of the segments in a directory, in ascending order. */
    static List<Long> numbers(Disk disk) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : disk.list()) {
            if (name.endsWith(SUFFIX)) {
                numbers.add(number(name));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    private static long number(String name) throws CorruptWalException {
        long number;
        try {
            number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException notANumber) {
            number = 0;
        }
        if (number < FIRST || !name.equals(name(number))) {
            throw new CorruptWalException(name, 0, "the name is not that of a segment");
        }
        return number;
    }

    /** Removes what an interrupted {@link #create} left. */
    static void deleteUnfinished(Disk disk) throws IOException {
        for (String name : disk.list()) {
            if (name.endsWith(UNFINISHED_SUFFIX)) {
                disk.delete(name);
            }
        }
    }

    /** Creates an empty segment; it is durable when this returns. */
    static void create(Disk disk, UUID node, long number) throws IOException {
        String unfinished = digits(number) + UNFINISHED_SUFFIX;
        try (DiskFile file = disk.create(unfinished)) {
            file.write(header(node, number), 0);
            file.sync();
        }
        disk.rename(unfinished, name(number));
        disk.syncDirectory();
    }

    private static ByteBuffer header(UUID node, long number) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(0);
        header.putLong(node.getMostSignificantBits()).putLong(node.getLeastSignificantBits());
        header.putLong(number);
        return header.putInt(CHECKSUM_AT, checksum(header)).clear();
    }

    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CHECKSUM_AT));
        return (int) crc.getValue();
    }

    /** Fails where the file does not begin as the given segment of the given node. */
    static void checkHeader(DiskFile file, UUID node, long number) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (file.size() < HEADER_BYTES) {
            throw new CorruptWalException(file.name(), 0, "the file ends within its header");
        }
        file.read(header, 0);
        header.flip();
        if (checksum(header) != header.getInt(CHECKSUM_AT) || header.getLong() != MAGIC) {
            throw new CorruptWalException(file.name(), 0, "the header is damaged");
        }
        int version = header.getInt();
        if (version != FORMAT_VERSION) {
            throw new CorruptWalException(
                    file.name(), 0, "the format version " + version + " is not known");
        }
        header.getInt();
        UUID owner = new UUID(header.getLong(), header.getLong());
        if (!owner.equals(node)) {
            throw new CorruptWalException(file.name(), 0, "it belongs to the node " + owner);
        }
        long found = header.getLong();
        if (found != number) {
            throw new CorruptWalException(file.name(), 0, "it is segment " + found);
        }
    }
}
