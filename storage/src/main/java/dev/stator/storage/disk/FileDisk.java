package dev.stator.storage.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the file system. Interrupting a thread inside a call closes the file it uses (so
 * {@link FileChannel} has it), which the owner sees as a failure of the device.
 */
public final class FileDisk implements Disk {
    private final Path directory;
    private final @Nullable DirectoryLock lock;

    private FileDisk(Path directory, @Nullable DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Takes a directory, creating it where missing.
     *
     * @throws DirectoryLockedException where somebody holds it already
     */
    public static FileDisk open(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        createDirectories(absolute);
        return new FileDisk(absolute, DirectoryLock.acquire(absolute));
    }

    /** Where the directory is, for what keeps files in it by other means. */
    public Path path() {
        return directory;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> lock == null || !name.equals(DirectoryLock.FILE_NAME))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return openFile(name, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return openFile(name, StandardOpenOption.WRITE);
    }

    private DiskFile openFile(String name, StandardOpenOption how) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(name),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        how);
        return new ChannelFile(name, channel);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncDirectory() throws IOException {
        syncDirectory(directory);
    }

    @Override
    public Disk subdirectory(String name) throws IOException {
        Path child = directory.resolve(name);
        createDirectories(child);
        return new FileDisk(child, null);
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    /** Creates a directory and its parents where missing; durable when this returns. */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectory(directory);
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    /** Makes durable which entries a directory has. */
    public static void syncDirectory(Path directory) throws IOException {
        // Linux lets a directory be opened for reading and fsynced, which is what force does.
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    private static final class ChannelFile implements DiskFile {
        private final String name;
        private final FileChannel channel;

        ChannelFile(String name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            long at = position;
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw new EOFException(name + " ends before byte " + (at + target.remaining()));
                }
                at += count;
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            // fdatasync: it includes the size where that changed, and leaves out the time stamps.
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
