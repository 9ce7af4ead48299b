package dev.stator.server.runtime;

import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.replication.GroupId;
import dev.stator.storage.store.PartitionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The two threads of a node's store. One writes what all shards have to apply, gathered into one
 * write. The other flushes, meanwhile: a flush takes as long as the disk wants. Reads do not pass
 * through here.
 *
 * <p>A flush covers what was written before it began, and its positions are told by the writing
 * thread like everything else: no shard hears that something is on disk before it hears that it is
 * applied. One flush is under way at a time; what is asked for meanwhile is done by the next one,
 * together. A disk that cannot keep up is felt by the writes: the store waits once its memory is
 * full, and then so do those that count against the bounds of pending writes.
 */
final class StoreLoop implements AutoCloseable {
    /**
     * Bytes applied since the last flush after which the store is flushed, so that logs can be cut.
     */
    private static final long FLUSH_AFTER_BYTES = 16L << 20;

    /** And the time, for a store that is written to seldom. */
    private static final long FLUSH_AFTER_NANOS = 30_000_000_000L;

    /**
     * Between two writes, for more to come together: a write of many batches costs far less than
     * many writes. Only ranges and flushes wait for the store, since single items are in memory
     * until it has them.
     */
    private static final long GATHER_NANOS = 1_000_000;

    /** Batches that are written together at most. */
    private static final int BATCHES_MAX = 1_024;

    /** And bytes of them; the last one may exceed it. */
    private static final long BATCH_BYTES_MAX = 8L << 20;

    /** What the loop tells the shards. */
    interface Listener {
        /** Of one write, all that concerns a shard: up to where groups are applied now. */
        void applied(int shard, Map<GroupId, Long> lsns);

        void flushed(Map<Long, Long> lsns);
    }

    private sealed interface Task {}

    private record Apply(int shard, StoreBatch batch) implements Task {}

    private record Flush(Runnable then) implements Task {}

    /** A flush has ended. */
    private record Flushed(Map<Long, Long> lsns, List<Runnable> askedFor) implements Task {}

    private final PartitionStore store;
    private final Listener listener;
    private final Consumer<Throwable> onFailure;
    private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final Parking parking = new Parking();
    private final Thread thread;
    private final ExecutorService flusher;
    private volatile boolean closed;

    // ---- Of the writing thread

    private boolean flushing;
    private final List<Runnable> flushesAskedFor = new ArrayList<>();
    private long bytesSinceFlush;
    private long lastFlushNanos = System.nanoTime();

    StoreLoop(String name, PartitionStore store, Listener listener, Consumer<Throwable> onFailure) {
        this.store = store;
        this.listener = listener;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.flusher =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name + "-flush").factory());
    }

    void start() {
        thread.start();
    }

    /** May be called by any shard's thread; the batches of one shard stay in order. */
    void apply(int shard, StoreBatch batch) {
        submit(new Apply(shard, batch));
    }

    /** Makes what was given so far durable; {@code then} is called by the writing thread. */
    void flush(Runnable then) {
        submit(new Flush(then));
        LockSupport.unpark(thread);
    }

    private void submit(Task task) {
        tasks.add(task);
        parking.wake();
    }

    private void run() {
        try {
            try (flusher) {
                work();
            }
            store.close();
        } catch (IOException e) {
            onFailure.accept(new UncheckedIOException(e));
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private void work() throws IOException {
        while (!closed) {
            if (runBatch()) {
                LockSupport.parkNanos(this, GATHER_NANOS);
            } else {
                parking.park(() -> tasks.isEmpty() && !closed, FLUSH_AFTER_NANOS);
            }
            flushIfDue();
        }
    }

    private boolean runBatch() throws IOException {
        List<Apply> applies = new ArrayList<>();
        Task task = tasks.poll();
        if (task == null) {
            return false;
        }
        long bytes = 0;
        while (task instanceof Apply apply) {
            applies.add(apply);
            bytes += sizeBytes(apply.batch());
            boolean full = applies.size() >= BATCHES_MAX || bytes >= BATCH_BYTES_MAX;
            task = full ? null : tasks.poll();
        }
        bytesSinceFlush += bytes;
        if (!applies.isEmpty()) {
            write(applies);
        }
        switch (task) {
            case null -> {}
            case Flush(Runnable then) -> flushesAskedFor.add(then);
            case Flushed flushed -> {
                flushing = false;
                listener.flushed(flushed.lsns());
                flushed.askedFor().forEach(Runnable::run);
            }
            case Apply _ -> throw new IllegalStateException("written above");
        }
        return true;
    }

    private void write(List<Apply> applies) throws IOException {
        List<StoreBatch> batches = new ArrayList<>(applies.size());
        for (Apply apply : applies) {
            batches.add(apply.batch());
        }
        store.write(batches);
        Map<Integer, Map<GroupId, Long>> lsns = new TreeMap<>();
        for (Apply apply : applies) {
            StoreBatch batch = apply.batch();
            lsns.computeIfAbsent(apply.shard(), _ -> new LinkedHashMap<>())
                    .put(new GroupId(batch.groupId()), batch.appliedLsn());
        }
        lsns.forEach(listener::applied);
    }

    private static long sizeBytes(StoreBatch batch) {
        long bytes = 0;
        for (var write : batch.writes()) {
            bytes +=
                    write.key().length
                            + (write instanceof StoreWrite.Put put ? put.value().length : 0);
        }
        return bytes;
    }

    private void flushIfDue() {
        boolean longAgo =
                bytesSinceFlush > 0 && System.nanoTime() - lastFlushNanos >= FLUSH_AFTER_NANOS;
        boolean due = bytesSinceFlush >= FLUSH_AFTER_BYTES || longAgo || !flushesAskedFor.isEmpty();
        if (due && !flushing) {
            flushing = true;
            lastFlushNanos = System.nanoTime();
            bytesSinceFlush = 0;
            List<Runnable> askedFor = List.copyOf(flushesAskedFor);
            flushesAskedFor.clear();
            flusher.execute(() -> flush(askedFor));
        }
    }

    /** By the flushing thread. */
    private void flush(List<Runnable> askedFor) {
        try {
            Map<Long, Long> lsns = new TreeMap<>();
            store.flush().forEach((group, position) -> lsns.put(group, position.lsn()));
            submit(new Flushed(lsns, askedFor));
        } catch (IOException e) {
            onFailure.accept(new UncheckedIOException(e));
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (!Thread.currentThread().equals(thread) && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
