package dev.stator.simulator.engine;

/**
 * The clock of one machine: starts anywhere, and runs at a rate that changes, within the bound that
 * leases tolerate or beyond it. It never goes back, and survives the crashes of what runs on the
 * machine.
 */
public final class NodeClock {
    private final Simulation simulation;
    private long baseNanos;
    private long baseLocalNanos;
    private double rate = 1;

    /**
     * @param startNanos what it shows at the start of the history; may be negative
     */
    public NodeClock(Simulation simulation, long startNanos) {
        this.simulation = simulation;
        this.baseNanos = simulation.nowNanos();
        this.baseLocalNanos = startNanos;
    }

    public long nanos() {
        return baseLocalNanos + (long) ((simulation.nowNanos() - baseNanos) * rate);
    }

    /** From now on a second of real time is so many seconds here. */
    public void setRate(double newRate) {
        baseLocalNanos = nanos();
        baseNanos = simulation.nowNanos();
        rate = newRate;
    }

    /** Goes ahead at once; no clock that leases tolerate does. */
    public void jump(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("this clock never goes back: " + nanos);
        }
        baseLocalNanos += nanos;
    }

    /** How long it really takes until this clock has gone on by so much. */
    public long realNanos(long localNanos) {
        return (long) Math.ceil(localNanos / rate);
    }
}
