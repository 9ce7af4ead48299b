package dev.stator.tools.load;

import java.util.concurrent.TimeUnit;

/** Tallies for tests. */
public final class Tallies {
    private Tallies() {}

    /** Of one second in which that many puts took 2 ms each, and that many failed. */
    public static Tally ofSecond(int successes, int errors) {
        Tally tally = new Tally();
        for (int i = 0; i < successes; i++) {
            tally.success(Operation.PUT, TimeUnit.MILLISECONDS.toNanos(2));
        }
        for (int i = 0; i < errors; i++) {
            tally.error("Oops");
        }
        tally.elapsed(TimeUnit.SECONDS.toNanos(1));
        return tally;
    }
}
