package dev.stator.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a directory through a lock of the operating system on a file in it, which names its holder
 * for the message of whoever comes second. The system releases the lock when the process ends,
 * however it ends; the file stays.
 *
 * <p>On many systems a process loses its locks on a file as soon as it closes any channel on that
 * file ({@link FileLock}). So a second attempt of this process must not open it at all: what the
 * process holds is known to all of it.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE_NAME = "lock";

    private static final int HOLDER_BYTES_MAX = 256;

    /** The lock files that this process holds or is trying to lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(FILE_NAME);
        if (!HELD.add(file)) {
            throw new DirectoryLockedException(directory.toString(), self());
        }
        boolean held = false;
        try {
            DirectoryLock lock = lock(directory, file);
            held = true;
            return lock;
        } finally {
            if (!held) {
                HELD.remove(file);
            }
        }
    }

    private static DirectoryLock lock(Path directory, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            if (channel.tryLock() == null) {
                throw new DirectoryLockedException(directory.toString(), holder(file));
            }
            held = true;
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
            return new DirectoryLock(file, channel);
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid();
    }

    private static String holder(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length == 0 || content.length > HOLDER_BYTES_MAX) {
            return "another process";
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
