package dev.stator.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small file that is replaced as a whole: after a crash it holds the old content or the new, and
 * which of them it is was decided when {@link #replace} returned. The new content is written under
 * a second name, synced, and renamed over the old.
 *
 * <p>On disk: magic (8 bytes), format version of this envelope (4), length (4), CRC32C (4) over the
 * file's name, the version, the length and the content; then the content, whose own version is its
 * owner's affair. Numbers are big-endian.
 */
public final class DurableFile {
    public static final int CONTENT_BYTES_MAX = 1 << 20;

    private static final long MAGIC = 0x53544154_46494C45L; // "STATFILE"
    private static final int FORMAT_VERSION = 1;
    private static final int HEADER_BYTES = 20;
    private static final String UNFINISHED_SUFFIX = ".new";

    private final Disk disk;
    private final String name;

    public DurableFile(Disk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    /** The name under which a replacement is prepared; a crash can leave it behind. */
    public static String unfinishedName(String name) {
        return name + UNFINISHED_SUFFIX;
    }

    /**
     * The content, or nothing where the file was never written.
     *
     * @throws DamagedFileException where the content is not what was written
     */
    public Optional<byte[]> read() throws IOException {
        if (!disk.list().contains(name)) {
            return Optional.empty();
        }
        ByteBuffer bytes;
        try (DiskFile file = disk.open(name)) {
            long size = file.size();
            if (size < HEADER_BYTES || size > HEADER_BYTES + CONTENT_BYTES_MAX) {
                throw new DamagedFileException(name, "its size is " + size + " bytes");
            }
            bytes = ByteBuffer.allocate((int) size);
            file.read(bytes, 0);
        }
        return Optional.of(content(bytes.flip()));
    }

    private byte[] content(ByteBuffer bytes) throws DamagedFileException {
        if (bytes.getLong() != MAGIC) {
            throw new DamagedFileException(name, "it does not start as a Stator file");
        }
        int version = bytes.getInt();
        int length = bytes.getInt();
        int checksum = bytes.getInt();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        if (version != FORMAT_VERSION) {
            throw new DamagedFileException(name, "its format version is " + version);
        }
        if (length != content.length || checksum != checksum(content)) {
            throw new DamagedFileException(name, "its checksum does not match");
        }
        return content;
    }

    /** Replaces the content; durable when this returns. */
    public void replace(byte[] content) throws IOException {
        if (content.length > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException(name + " of " + content.length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + content.length);
        bytes.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(content.length);
        bytes.putInt(checksum(content)).put(content).flip();

        String unfinished = unfinishedName(name);
        if (disk.list().contains(unfinished)) {
            disk.delete(unfinished);
        }
        try (DiskFile file = disk.create(unfinished)) {
            file.write(bytes, 0);
            file.sync();
        }
        disk.rename(unfinished, name);
        disk.syncDirectory();
    }

    private int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        crc.update(ByteBuffer.allocate(8).putInt(FORMAT_VERSION).putInt(content.length).flip());
        crc.update(content);
        return (int) crc.getValue();
    }
}
