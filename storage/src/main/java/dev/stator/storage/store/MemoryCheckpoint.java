package dev.stator.storage.store;

import dev.stator.storage.disk.FileDisk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The file of a checkpoint of a {@link MemoryPartitionStore}: magic (8 bytes), format version (4),
 * the items and then the positions, each as a count (4) and entries of key and checksummed value
 * with their lengths (4 each), and a CRC32C of all that (4). Big-endian.
 */
final class MemoryCheckpoint {
    private static final String FILE_NAME = "items";
    private static final long MAGIC = 0x53544154_4D454D4FL; // "STATMEMO"
    private static final int FORMAT_VERSION = 1;
    private static final int ENTRY_BYTES_MAX = 64 << 20;

    private MemoryCheckpoint() {}

    static void write(MemoryPartitionStore.State state, Path directory) throws IOException {
        Files.createDirectory(directory);
        try (FileOutputStream file = new FileOutputStream(directory.resolve(FILE_NAME).toFile())) {
            CheckedOutputStream checked =
                    new CheckedOutputStream(new BufferedOutputStream(file), new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(MAGIC);
            out.writeInt(FORMAT_VERSION);
            write(state.items(), out);
            write(state.positions(), out);
            out.writeInt((int) checked.getChecksum().getValue());
            out.flush();
            file.getFD().sync();
        }
        FileDisk.syncDirectory(directory);
    }

    private static void write(PersistentMap map, DataOutputStream out) throws IOException {
        out.writeInt(map.size());
        map.<IOException>forEach((key, stored) -> {
            out.writeInt(key.length);
            out.write(key);
            out.writeInt(stored.length);
            out.write(stored);
            return true;
        });
    }

    static MemoryPartitionStore.State read(Path directory) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        try (CheckedInputStream checked =
                        new CheckedInputStream(
                                new BufferedInputStream(Files.newInputStream(path)), new CRC32C());
                DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != MAGIC || in.readInt() != FORMAT_VERSION) {
                throw damaged(path);
            }
            PersistentMap items = readMap(in, path);
            PersistentMap positions = readMap(in, path);
            int checksum = (int) checked.getChecksum().getValue();
            if (in.readInt() != checksum) {
                throw damaged(path);
            }
            return new MemoryPartitionStore.State(items, positions);
        }
    }

    private static PersistentMap readMap(DataInputStream in, Path path) throws IOException {
        PersistentMap map = PersistentMap.EMPTY;
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            map = map.with(readBytes(in, path), readBytes(in, path));
        }
        return map;
    }

    private static byte[] readBytes(DataInputStream in, Path path) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > ENTRY_BYTES_MAX) {
            throw damaged(path);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static StoreException damaged(Path path) {
        return new StoreException("the checkpoint " + path + " is damaged or of another version");
    }
}
