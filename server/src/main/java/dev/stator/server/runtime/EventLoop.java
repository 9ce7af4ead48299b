package dev.stator.server.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One owner of state, on one thread: it runs tasks in the order in which they were given, and after
 * each batch of them lets the owner finish what the batch has begun. The queue itself is not
 * bounded; what feeds it is (requests in flight, messages in windows, one answer to each question).
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
    private final LongSupplier clock;
    private final Consumer<Throwable> onFailure;
    private final LoopThread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean closed;
    private long nowNanos;
    private long nextTick;

    /**
     * @param thread may run other loops besides
     * @param onFailure called on the loop's thread when a task or the owner threw; the loop has
     *     ended then, and other loops of the thread go on
     */
    public EventLoop(LoopThread thread, Consumer<Throwable> onFailure) {
        this(thread, onFailure, new MonotonicClock()::nanos);
    }

    EventLoop(LoopThread thread, Consumer<Throwable> onFailure, LongSupplier clock) {
        this.clock = clock;
        this.onFailure = onFailure;
        this.thread = thread;
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
        nextTick = clock.getAsLong() + newOwner.tickNanos();
        started = true;
        thread.add(this);
    }

    /**
     * Runs the task on the loop's thread, after those given before. May be called by any thread.
     */
    public void execute(Runnable task) {
        tasks.add(task);
        thread.wake();
    }

    /** The time at which the present task began. Only for the loop's own thread. */
    public long nowNanos() {
        return nowNanos;
    }

    public boolean inLoop() {
        return thread.isCurrent();
    }

    /**
     * Runs a batch of tasks, and the tick if it is due. Called by the thread.
     *
     * @return after how many nanoseconds it wants to be called again; 0 if there was something to
     *     do
     */
    long turn() {
        if (closed) {
            ended.countDown();
            return 0;
        }
        try {
            Owner current = owner;
            int done = runBatch();
            if (done > 0) {
                current.afterBatch(nowNanos);
            }
            nowNanos = clock.getAsLong();
            if (nowNanos - nextTick >= 0) {
                nextTick = nowNanos + current.tickNanos();
                current.onTick(nowNanos);
                current.afterBatch(nowNanos);
                return 0;
            }
            return done > 0 ? 0 : nextTick - nowNanos;
        } catch (RuntimeException | Error e) {
            closed = true;
            try {
                onFailure.accept(e);
            } finally {
                ended.countDown();
            }
            return 0;
        }
    }

    /** Whether there is something to do before the next tick. */
    boolean hasWork() {
        return closed || !tasks.isEmpty();
    }

    /** Whether it will run nothing any more. */
    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private int runBatch() {
        int done = 0;
        while (done < BATCH_MAX) {
            Runnable task = tasks.poll();
            if (task == null) {
                break;
            }
            // Later than what the task tells of: a lease that was granted or is checked at this
            // time is never believed to be longer than it is, however long the tasks before took.
            nowNanos = clock.getAsLong();
            task.run();
            done++;
        }
        return done;
    }

    /**
     * Ends the loop after the present task; what is still queued is not run. Waits unless called on
     * the loop's thread.
     */
    @Override
    public void close() {
        closed = true;
        thread.wake();
        if (started && !inLoop()) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
