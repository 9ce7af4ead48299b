package dev.stator.simulator.engine;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The events of one history, in the order of their times and then of when they were planned. All
 * that happens in a simulated cluster happens in an event, and all randomness comes from the one
 * seed: the same seed makes the same history.
 *
 * <p>Times are nanoseconds since the start, of a clock that no node can read; nodes have clocks of
 * their own ({@link NodeClock}). One thread.
 */
public final class Simulation {
    private record Planned(long atNanos, long order, Runnable action)
            implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final SplittableRandom random;
    private final Trace trace;
    private final EventCounts events = new EventCounts();
    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long nowNanos;
    private long order;
    private long eventsRun;
    private boolean stopped;

    public Simulation(long seed, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public Trace trace() {
        return trace;
    }

    /** Something rare has happened. */
    public void happened(RareEvent event) {
        events.happened(event);
    }

    public EventCounts events() {
        return events;
    }

    /** A stream of choices for one purpose, so that one part draws nothing out of another's. */
    public SplittableRandom split() {
        return random.split();
    }

    public void after(long delayNanos, Runnable action) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("an event in the past: " + delayNanos);
        }
        planned.add(new Planned(nowNanos + delayNanos, order++, action));
    }

    /** Runs everything up to a time, or until {@link #stop}. */
    public void runUntil(long untilNanos) {
        while (!stopped && !planned.isEmpty() && planned.peek().atNanos() <= untilNanos) {
            Planned next = planned.remove();
            nowNanos = next.atNanos();
            eventsRun++;
            next.action().run();
        }
        if (!stopped) {
            nowNanos = untilNanos;
        }
    }

    public void runFor(long nanos) {
        runUntil(nowNanos + nanos);
    }

    /** Ends the history after the present event: there is nothing more to learn. */
    public void stop() {
        stopped = true;
    }

    public boolean stopped() {
        return stopped;
    }

    public long eventsRun() {
        return eventsRun;
    }

    /** A line of the history, at the present time. */
    public void note(String line) {
        trace.line(nowNanos, line);
    }
}
