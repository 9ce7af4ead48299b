package dev.stator.server.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread that owns state: it runs tasks in the order in which they were given, and after each
 * batch of them lets the owner finish what the batch has begun. The queue itself is not bounded;
 * what feeds it is (requests in flight, messages in windows, one answer to each question).
 */
public final class EventLoop implements AutoCloseable {
    /** Tasks that are run before what they caused is written and sent together. */
    private static final int BATCH_MAX = 512;

    /** What the owner does besides single tasks. */
    public interface Owner {
        /** A batch of tasks was run. */
        void afterBatch(long nowNanos);

        /** At least {@link #tickNanos} have passed. */
        void onTick(long nowNanos);

        long tickNanos();
    }

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final LongSupplier clock;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean closed;
    private long nowNanos;

    /**
     * @param onFailure called on the loop's thread when a task or the owner threw; the loop has
     *     ended then
     */
    public EventLoop(String name, Consumer<Throwable> onFailure) {
        this(name, onFailure, new MonotonicClock()::nanos);
    }

    EventLoop(String name, Consumer<Throwable> onFailure, LongSupplier clock) {
        this.clock = clock;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.nowNanos = clock.getAsLong();
    }

    private volatile Owner owner = NO_OWNER;

    private static final Owner NO_OWNER =
            new Owner() {
                @Override
                public void afterBatch(long nowNanos) {}

                @Override
                public void onTick(long nowNanos) {}

                @Override
                public long tickNanos() {
                    return 1_000_000_000L;
                }
            };

    public void start(Owner newOwner) {
        owner = newOwner;
        thread.start();
    }

    /**
     * Runs the task on the loop's thread, after those given before. May be called by any thread.
     */
    public void execute(Runnable task) {
        tasks.add(task);
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** The time at which the present task began. Only for the loop's own thread. */
    public long nowNanos() {
        return nowNanos;
    }

    public boolean inLoop() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        try {
            Owner current = owner;
            long nextTick = clock.getAsLong() + current.tickNanos();
            while (!closed) {
                int done = runBatch();
                if (done > 0) {
                    current.afterBatch(nowNanos);
                }
                nowNanos = clock.getAsLong();
                if (nowNanos - nextTick >= 0) {
                    nextTick = nowNanos + current.tickNanos();
                    current.onTick(nowNanos);
                    current.afterBatch(nowNanos);
                } else if (done == 0) {
                    park(nextTick - nowNanos);
                }
            }
        } catch (RuntimeException | Error e) {
            closed = true;
            onFailure.accept(e);
        }
    }

    private int runBatch() {
        int done = 0;
        while (done < BATCH_MAX) {
            Runnable task = tasks.poll();
            if (task == null) {
                break;
            }
            // Later than what the task tells of: a lease that was granted or is checked at this
            // time
            // is never believed to be longer than it is, however long the tasks before took.
            nowNanos = clock.getAsLong();
            task.run();
            done++;
        }
        return done;
    }

    private void park(long nanos) {
        parked.set(true);
        if (tasks.isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        parked.set(false);
    }

    /**
     * Ends the loop after the present task; what is still queued is not run. Waits unless called by
     * the loop itself.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (!inLoop() && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
