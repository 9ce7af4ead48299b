package dev.stator.benchmarks.micro;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A disk that keeps what it is given until it is told to discard from then on: what is left is the
 * processor time of its user.
 */
final class DiscardingDisk implements Disk {
    private final Disk disk;
    private boolean discards;

    DiscardingDisk(Disk disk) {
        this.disk = disk;
    }

    void discard() {
        discards = true;
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return new File(disk.create(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new File(disk.open(name));
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void syncDirectory() throws IOException {
        disk.syncDirectory();
    }

    @Override
    public Disk subdirectory(String name) throws IOException {
        return disk.subdirectory(name);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private final class File implements DiskFile {
        private final DiskFile file;

        File(DiskFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (discards) {
                source.position(source.limit());
            } else {
                file.write(source, position);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            if (!discards) {
                file.sync();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
