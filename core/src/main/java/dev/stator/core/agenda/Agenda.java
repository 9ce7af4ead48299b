package dev.stator.core.agenda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * What a state machine has still to do: at once, after the current step, so that nobody is called
 * back from within a call; and at a later time. Things of one time are done in the order in which
 * they were put down. Each event begins a turn with the time, and finishes it. Owned by the thread
 * of its state machine.
 */
public final class Agenda {
    private record Timer(long atNanos, long sequence, Runnable task) {}

    private final Deque<Runnable> next = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) ->
                    a.atNanos != b.atNanos
                            ? Long.signum(a.atNanos - b.atNanos)
                            : Long.compare(a.sequence, b.sequence));
    private long sequence;
    private long nowNanos;
    private boolean begun;

    /** The time of the turn. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Begins a turn; the clock does not go back. */
    public void begin(long now) {
        if (!begun || now - nowNanos > 0) {
            nowNanos = now;
            begun = true;
        }
    }

    /** Does the task in this turn, after the current step. */
    public void next(Runnable task) {
        next.add(task);
    }

    /** Does the task in the first turn that begins after the delay. */
    public void after(long delayNanos, Runnable task) {
        timers.add(new Timer(nowNanos + delayNanos, sequence++, task));
    }

    /** Ends a turn: does all that is due, and what comes of it. */
    public void finish() {
        while (true) {
            Timer timer = timers.peek();
            if (timer != null && timer.atNanos - nowNanos <= 0) {
                timers.remove();
                timer.task.run();
            }
            Runnable task = next.poll();
            if (task != null) {
                task.run();
            } else if (timer == null || timer.atNanos - nowNanos > 0) {
                return;
            }
        }
    }
}
