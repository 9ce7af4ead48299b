package dev.stator.simulator.cluster;

import dev.stator.core.store.StoreBatch;
import dev.stator.replication.GroupId;
import dev.stator.simulator.plant.PlantedBug;
import dev.stator.storage.store.MemoryPartitionStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The writing side of a node's store as the server runs it: gathers what all shards have to apply
 * into one write, and flushes now and then, or when asked to.
 */
final class StoreProcess {
    private static final int BATCHES_MAX = 64;

    /** Until a shard hears of what was done; the same for all news, so that it stays in order. */
    private static final long NOTICE_NANOS = 10_000;

    /** What the store tells the shards. */
    interface Listener {
        void applied(int shard, GroupId group, long lsn);

        void flushed(Map<Long, Long> lsns);
    }

    private sealed interface Task {}

    private record Apply(int shard, StoreBatch batch) implements Task {}

    private record Flush(Runnable then) implements Task {}

    private final NodeProcess process;
    private final MemoryPartitionStore store;
    private final Listener listener;
    private final SplittableRandom random;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private boolean busy;
    private boolean dirty;

    StoreProcess(NodeProcess process, MemoryPartitionStore store, Listener listener) {
        this.process = process;
        this.store = store;
        this.listener = listener;
        this.random = process.node().simulation().split();
        planFlush();
    }

    void apply(int shard, StoreBatch batch) {
        submit(new Apply(shard, batch));
    }

    void flush(Runnable then) {
        submit(new Flush(then));
    }

    private void submit(Task task) {
        tasks.add(task);
        if (!busy) {
            busy = true;
            planWork();
        }
    }

    private void planWork() {
        process.after(process.node().conditions().apply().draw(random), this::work);
    }

    private void planFlush() {
        process.after(
                process.node().conditions().flushEvery().draw(random),
                () -> {
                    if (dirty) {
                        flush(() -> {});
                    }
                    planFlush();
                });
    }

    private void work() {
        try {
            List<Apply> applies = new ArrayList<>();
            Task task = tasks.poll();
            while (task instanceof Apply apply) {
                applies.add(apply);
                task = applies.size() < BATCHES_MAX ? tasks.poll() : null;
            }
            if (!applies.isEmpty()) {
                write(applies);
            }
            if (task instanceof Flush(Runnable then)) {
                flushNow();
                process.after(NOTICE_NANOS, then);
            }
        } catch (IOException e) {
            process.ioFailed(e);
            return;
        }
        busy = !tasks.isEmpty();
        if (busy) {
            planWork();
        }
    }

    private void write(List<Apply> applies) {
        dirty = true;
        store.write(applies.stream().map(Apply::batch).toList());
        process.after(
                NOTICE_NANOS,
                () -> {
                    for (Apply apply : applies) {
                        listener.applied(
                                apply.shard(),
                                new GroupId(apply.batch().groupId()),
                                apply.batch().appliedLsn());
                    }
                });
        if (process.node().bug() == PlantedBug.CUT_UNFLUSHED_LOG) {
            Map<Long, Long> lsns = new TreeMap<>();
            applies.forEach(apply -> lsns.put(apply.batch().groupId(), apply.batch().appliedLsn()));
            process.after(NOTICE_NANOS, () -> listener.flushed(lsns));
        }
    }

    private void flushNow() throws IOException {
        dirty = false;
        Map<Long, Long> lsns = new TreeMap<>();
        store.flush().forEach((group, position) -> lsns.put(group, position.lsn()));
        process.after(NOTICE_NANOS, () -> listener.flushed(lsns));
    }
}
