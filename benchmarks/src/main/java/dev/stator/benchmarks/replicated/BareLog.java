package dev.stator.benchmarks.replicated;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * The floor: a log in three copies, each a file with a thread that appends whatever has come
 * meanwhile and syncs once for all of it. A write is acknowledged when two copies have it. There is
 * no leader, no election, no group, nothing is applied, and nothing could be recovered from more
 * than a checksum for each record; but records, checksums, syncs and copies are those of a log.
 */
final class BareLog implements Contender {
    private static final int COPIES = 3;
    private static final int QUORUM = 2;

    private final Load load;
    private final Outcomes outcomes;
    private final List<Copy> copies = new ArrayList<>();

    private record Entry(int writer, byte[] payload, AtomicInteger durableCopies) {}

    BareLog(Path directory, Load load, Outcomes outcomes) throws IOException {
        this.load = load;
        this.outcomes = outcomes;
        for (int i = 0; i < COPIES; i++) {
            copies.add(new Copy(directory.resolve("copy-" + i)));
        }
        copies.forEach(copy -> copy.thread.start());
    }

    /** All copies have the same order. */
    @Override
    public synchronized void write(int writer, int item) {
        Entry entry = new Entry(writer, load.payload(item), new AtomicInteger());
        for (Copy copy : copies) {
            copy.append(entry);
        }
    }

    @Override
    public void close() throws IOException {
        for (Copy copy : copies) {
            copy.close();
        }
    }

    private void durable(Entry entry) {
        if (entry.durableCopies().incrementAndGet() == QUORUM) {
            outcomes.acknowledged(entry.writer());
        }
    }

    private final class Copy {
        private static final int HEADER_BYTES = Integer.BYTES + Integer.BYTES;
        private static final int BUFFER_BYTES = 1 << 20;

        /** As the WAL does: the length of the file changes seldom, which makes syncs cheaper. */
        private static final int PREALLOCATION_BYTES = 1 << 20;

        private final FileChannel file;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final ByteBuffer zeros = ByteBuffer.allocateDirect(PREALLOCATION_BYTES);
        private final CRC32C checksum = new CRC32C();
        private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean parked = new AtomicBoolean();
        private final Thread thread;
        private volatile boolean closed;
        private long position;
        private long allocated;

        Copy(Path path) throws IOException {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            thread = Thread.ofPlatform().daemon().name("bare-log").unstarted(this::run);
        }

        void append(Entry entry) {
            entries.add(entry);
            if (parked.get() && parked.compareAndSet(true, false)) {
                LockSupport.unpark(thread);
            }
        }

        private void run() {
            List<Entry> batch = new ArrayList<>();
            try {
                while (!closed) {
                    for (Entry next = entries.poll(); next != null; next = entries.poll()) {
                        batch.add(next);
                    }
                    if (batch.isEmpty()) {
                        park();
                    } else {
                        write(batch);
                        batch.forEach(BareLog.this::durable);
                        batch.clear();
                    }
                }
            } catch (IOException e) {
                batch.forEach(entry -> outcomes.failed(entry.writer(), e.toString()));
            }
        }

        private void park() {
            parked.set(true);
            if (entries.isEmpty() && !closed) {
                LockSupport.park(this);
            }
            parked.set(false);
        }

        private void write(List<Entry> batch) throws IOException {
            for (Entry entry : batch) {
                byte[] payload = entry.payload();
                if (buffer.remaining() < HEADER_BYTES + payload.length) {
                    flush();
                }
                checksum.reset();
                checksum.update(payload, 0, payload.length);
                buffer.putInt(payload.length).putInt((int) checksum.getValue()).put(payload);
            }
            flush();
            preallocate();
            file.force(false);
        }

        private void preallocate() throws IOException {
            if (position > allocated) {
                allocated = position;
                zeros.clear();
                while (zeros.hasRemaining()) {
                    allocated += file.write(zeros, allocated);
                }
            }
        }

        private void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                position += file.write(buffer, position);
            }
            buffer.clear();
        }

        void close() throws IOException {
            closed = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            file.close();
        }
    }
}
