package dev.stator.core.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * What a router has still to do: at once, after the current step, so that nobody is called back
 * from within a call; and at a later time. Things of one time are done in the order in which they
 * were put down.
 */
final class Agenda {
    private record Timer(long atNanos, long sequence, Runnable task) {}

    private final Deque<Runnable> next = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) ->
                    a.atNanos != b.atNanos
                            ? Long.signum(a.atNanos - b.atNanos)
                            : Long.compare(a.sequence, b.sequence));
    private long sequence;
    private long nowNanos;

    long nowNanos() {
        return nowNanos;
    }

    /** Begins a turn; the clock does not go back. */
    void begin(long now) {
        nowNanos = Math.max(nowNanos, now);
    }

    void next(Runnable task) {
        next.add(task);
    }

    void after(long delayNanos, Runnable task) {
        timers.add(new Timer(nowNanos + delayNanos, sequence++, task));
    }

    /** Does all that is due, and what comes of it. */
    void finish() {
        while (true) {
            Timer timer = timers.peek();
            if (timer != null && timer.atNanos <= nowNanos) {
                timers.remove();
                timer.task.run();
            }
            Runnable task = next.poll();
            if (task != null) {
                task.run();
            } else if (timer == null || timer.atNanos > nowNanos) {
                return;
            }
        }
    }
}
