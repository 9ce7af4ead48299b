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
 * into one write, and flushes now and then, or when asked to, while writes go on. A flush covers
 * what was written before it began; a crash before it ends may lose all of that.
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
    private final List<Runnable> flushesAskedFor = new ArrayList<>();
    private boolean busy;
    private boolean dirty;
    private boolean flushing;

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
            flushesAskedFor.add(then);
            beginFlush();
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

    /** One is under way at a time; what is asked for meanwhile is done by the next, together. */
    private void beginFlush() {
        if (flushing || flushesAskedFor.isEmpty()) {
            return;
        }
        flushing = true;
        dirty = false;
        List<Runnable> askedFor = List.copyOf(flushesAskedFor);
        flushesAskedFor.clear();
        Map<Long, Long> lsns = new TreeMap<>();
        store.appliedPositions().forEach((group, position) -> lsns.put(group, position.lsn()));
        process.after(
                process.node().conditions().sync().draw(random), () -> endFlush(lsns, askedFor));
    }

    private void endFlush(Map<Long, Long> lsns, List<Runnable> askedFor) {
        try {
            store.flush();
        } catch (IOException e) {
            process.ioFailed(e);
            return;
        }
        process.after(
                NOTICE_NANOS,
                () -> {
                    listener.flushed(lsns);
                    askedFor.forEach(Runnable::run);
                });
        flushing = false;
        beginFlush();
    }
}
