package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.store.KeyRange;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.replication.GroupId;
import dev.stator.storage.store.AppliedPosition;
import dev.stator.storage.store.ItemVisitor;
import dev.stator.storage.store.MemoryPartitionStore;
import dev.stator.storage.store.PartitionStore;
import dev.stator.storage.store.StoreView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreLoopTest {
    private static final long GROUP = 7;

    private final SlowDisk store = new SlowDisk();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final StoreLoop loop =
            new StoreLoop(
                    "store",
                    store,
                    new StoreLoop.Listener() {
                        @Override
                        public void applied(int shard, Map<GroupId, Long> lsns) {
                            news.add("applied " + lsns.get(new GroupId(GROUP)));
                        }

                        @Override
                        public void flushed(Map<Long, Long> lsns) {
                            news.add("flushed " + lsns.get(GROUP));
                        }
                    },
                    failure::complete);

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void close() {
        store.flushes.release(1_000);
        loop.close();
    }

    private void apply(long lsn) {
        StoreWrite write = new StoreWrite.Put(new byte[] {1}, new byte[] {(byte) lsn});
        loop.apply(0, new StoreBatch(GROUP, lsn, List.of(write), List.of()));
    }

    private void flush(String name) {
        loop.flush(() -> news.add(name));
    }

    private @Nullable String next() throws InterruptedException {
        return news.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void writesGoOnWhileAFlushIsUnderWay() throws Exception {
        apply(1);
        flush("first");
        assertThat(next()).isEqualTo("applied 1");
        store.begun.acquire();
        apply(2);
        assertThat(next()).isEqualTo("applied 2");
        store.flushes.release();
        assertThat(next()).isEqualTo("flushed 1");
        assertThat(next()).isEqualTo("first");
    }

    @Test
    void whatIsAskedForDuringAFlushIsDoneByTheNextOneTogether() throws Exception {
        apply(1);
        flush("first");
        assertThat(next()).isEqualTo("applied 1");
        store.begun.acquire();
        apply(2);
        flush("second");
        apply(3);
        flush("third");
        assertThat(next()).isEqualTo("applied 2");
        assertThat(next()).isEqualTo("applied 3");
        store.flushes.release(2);
        assertThat(next()).isEqualTo("flushed 1");
        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("flushed 3");
        assertThat(next()).isEqualTo("second");
        assertThat(next()).isEqualTo("third");
    }

    @Test
    void manyWritesAreFlushedWithoutBeingAsked() throws Exception {
        store.flushes.release(1_000);
        StoreWrite large = new StoreWrite.Put(new byte[] {1}, new byte[8 << 20]);
        long lsn = 0;
        String last = "";
        while (!"flushed".equals(last) && lsn < 1_000) {
            loop.apply(0, new StoreBatch(GROUP, ++lsn, List.of(large), List.of()));
            String told = next();
            last = told == null ? "nothing" : told.split(" ", -1)[0];
        }
        assertThat(last).isEqualTo("flushed");
    }

    @Test
    void aFlushThatFailsIsReported() throws Exception {
        store.broken = true;
        store.flushes.release();
        apply(1);
        flush("never");
        assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessageContaining("the disk is full");
        assertThat(news).doesNotContain("never");
    }

    @Test
    void closingWaitsForTheFlushUnderWay() throws Exception {
        apply(1);
        flush("first");
        store.begun.acquire();
        Thread closing = Thread.ofPlatform().start(loop::close);
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(store.closedWhileFlushing).isFalse();
        store.flushes.release();
        closing.join();
        assertThat(store.closed).isTrue();
        assertThat(store.closedWhileFlushing).isFalse();
    }

    /** A store whose flushes end when they are let. */
    private static final class SlowDisk implements PartitionStore {
        private final MemoryPartitionStore memory = new MemoryPartitionStore();
        final Semaphore begun = new Semaphore(0);
        final Semaphore flushes = new Semaphore(0);
        volatile boolean broken;
        volatile boolean flushing;
        volatile boolean closed;
        volatile boolean closedWhileFlushing;

        @Override
        public SortedMap<Long, AppliedPosition> flush() throws IOException {
            flushing = true;
            SortedMap<Long, AppliedPosition> flushed = memory.flush();
            begun.release();
            flushes.acquireUninterruptibly();
            flushing = false;
            if (broken) {
                throw new IOException("the disk is full");
            }
            return flushed;
        }

        @Override
        public void close() throws IOException {
            closedWhileFlushing = flushing;
            closed = true;
            memory.close();
        }

        @Override
        public void write(List<StoreBatch> batches) {
            memory.write(batches);
        }

        @Override
        public MemoryRead getFromMemory(byte[] key) throws IOException {
            return memory.getFromMemory(key);
        }

        @Override
        public StoreView view() {
            return memory.view();
        }

        @Override
        public SortedMap<Long, AppliedPosition> appliedPositions() {
            return memory.appliedPositions();
        }

        @Override
        public void checkpoint(Path directory) throws IOException {
            memory.checkpoint(directory);
        }

        @Override
        public byte @Nullable [] get(byte[] key) throws IOException {
            return memory.get(key);
        }

        @Override
        public void scan(KeyRange range, ItemVisitor visitor) throws IOException {
            memory.scan(range, visitor);
        }

        @Override
        public void scanReverse(KeyRange range, ItemVisitor visitor) throws IOException {
            memory.scanReverse(range, visitor);
        }
    }
}
