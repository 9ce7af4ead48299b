package dev.stator.server.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs event loops in turn: a batch of each, again and again, until none has anything
 * to do. Loops of one thread hand tasks to each other without waking anybody, and one that fails
 * leaves the others.
 *
 * <p>On a machine with few processors the loops of several nodes share a thread: to wake a thread
 * costs several microseconds on both sides, more than most tasks, and threads beyond the number of
 * processors only take turns anyway.
 */
public final class LoopThread {
    /**
     * Threads that the loops of the three nodes of one process share at most: one for each node.
     */
    private static final int THREADS_OF_ONE_PROCESS_MAX = 3;

    private final String name;
    private final List<EventLoop> loops = new CopyOnWriteArrayList<>();
    private final Parking parking = new Parking();
    private volatile @Nullable Thread thread;

    public LoopThread(String name) {
        this.name = name;
    }

    /**
     * The threads for the nodes of one process: half of the processors are left to HTTP, the logs,
     * and the stores.
     */
    public static List<LoopThread> forNodesOfOneProcess() {
        int half = Runtime.getRuntime().availableProcessors() / 2;
        List<LoopThread> threads = new ArrayList<>();
        for (int i = 0; i < Math.clamp(half, 1, THREADS_OF_ONE_PROCESS_MAX); i++) {
            threads.add(new LoopThread("nodes-" + i));
        }
        return threads;
    }

    /** Runs the loop from now on, until it has ended. The thread lives while there are loops. */
    synchronized void add(EventLoop loop) {
        loops.add(loop);
        if (thread == null) {
            Thread started = new Thread(this::run, name);
            started.setDaemon(true);
            thread = started;
            started.start();
        } else {
            wake();
        }
    }

    /** There is something to do. From any thread. */
    void wake() {
        parking.wake();
    }

    boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        while (hasLoops()) {
            long idleNanos = Long.MAX_VALUE;
            for (EventLoop loop : loops) {
                idleNanos = Math.min(idleNanos, loop.turn());
            }
            if (!loops.removeIf(EventLoop::hasEnded) && idleNanos > 0) {
                parking.park(this::nothingToDo, idleNanos);
            }
        }
    }

    /** Whoever adds a loop after the last one has gone starts a new thread. */
    private synchronized boolean hasLoops() {
        if (loops.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }

    private boolean nothingToDo() {
        for (EventLoop loop : loops) {
            if (loop.hasWork()) {
                return false;
            }
        }
        return true;
    }
}
