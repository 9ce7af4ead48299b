package dev.stator.storage.disk;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A simulated directory in the hands of one process. */
final class SimulatedDirectoryHandle implements Disk {
    private final SimulatedDirectory directory;
    private final SimulatedDisk.Hold hold;
    private final boolean isRoot;

    SimulatedDirectoryHandle(
            SimulatedDirectory directory, SimulatedDisk.Hold hold, boolean isRoot) {
        this.directory = directory;
        this.hold = hold;
        this.isRoot = isRoot;
    }

    @Override
    public List<String> list() throws IOException {
        hold.check();
        return directory.names();
    }

    @Override
    public DiskFile create(String name) throws IOException {
        hold.check();
        return new OpenFile(name, directory.create(name), hold);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        hold.check();
        SimulatedContent content = directory.file(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return new OpenFile(name, content, hold);
    }

    @Override
    public void delete(String name) throws IOException {
        hold.check();
        directory.remove(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        hold.check();
        directory.rename(from, to);
    }

    @Override
    public void syncDirectory() throws IOException {
        hold.check();
        if (hold.strikes(SimulatedDisk.Fault.DIRECTORY_SYNC)) {
            throw new IOException("injected failure of a directory sync");
        }
        directory.sync();
    }

    @Override
    public Disk subdirectory(String name) throws IOException {
        hold.check();
        return new SimulatedDirectoryHandle(directory.makeDirectory(name), hold, false);
    }

    @Override
    public void close() {
        if (isRoot) {
            hold.release();
        }
    }

    private record OpenFile(String name, SimulatedContent content, SimulatedDisk.Hold hold)
            implements DiskFile {

        @Override
        public long size() throws IOException {
            hold.check();
            return content.size();
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            hold.check();
            if (position + target.remaining() > content.size()) {
                throw new EOFException(name + " ends at byte " + content.size());
            }
            target.put(content.bytes(), (int) position, target.remaining());
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            hold.check();
            boolean fails = hold.strikes(SimulatedDisk.Fault.WRITE);
            byte[] bytes = new byte[fails ? source.remaining() / 2 : source.remaining()];
            source.get(bytes);
            content.write(Math.toIntExact(position), bytes);
            if (fails) {
                throw new IOException("injected failure of a write to " + name);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            hold.check();
            content.truncate(Math.toIntExact(size));
        }

        @Override
        public void sync() throws IOException {
            hold.check();
            if (hold.strikes(SimulatedDisk.Fault.SYNC)) {
                content.forgetUnsynced();
                throw new IOException("injected failure of a sync of " + name);
            }
            content.sync();
            hold.countSync();
        }

        @Override
        public void close() {}
    }
}
