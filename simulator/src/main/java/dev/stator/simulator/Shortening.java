package dev.stator.simulator;

import dev.stator.simulator.engine.Trace;

/**
 * Makes a history shorter that fails: the shortest prefix of its faults, and of the time in which
 * they come, with which it still does. Faults are drawn from a stream of their own, so that the
 * first ones stay the same when later ones are left out.
 */
final class Shortening {
    /** Histories that are run for it at most. */
    private static final int RUNS_MAX = 120;

    private final long seed;
    private RunOptions shortest;
    private int runsLeft = RUNS_MAX;

    Shortening(long seed, RunOptions failing) {
        this.seed = seed;
        this.shortest = failing;
    }

    /**
     * The options of the shortest history that was found to fail.
     *
     * @param strikes that the history had
     */
    RunOptions run(long strikes) {
        leaveOutStrikes(strikes);
        leaveOutSeconds();
        return shortest;
    }

    /** From none on: what fails with few faults may pass with some more, and fail again. */
    private void leaveOutStrikes(long strikes) {
        for (long most = 0; most < strikes && runsLeft > 0; most++) {
            if (fails(shortest.withStrikes(most))) {
                shortest = shortest.withStrikes(most);
                return;
            }
        }
    }

    private void leaveOutSeconds() {
        for (int seconds = shortest.faultSeconds() / 2; seconds > 0 && runsLeft > 0; seconds /= 2) {
            int fewer = shortest.faultSeconds() - seconds;
            if (fewer > 0 && fails(shortest.withFaultSeconds(fewer))) {
                shortest = shortest.withFaultSeconds(fewer);
            }
        }
    }

    private boolean fails(RunOptions options) {
        runsLeft--;
        return !new SimulationRun(seed, options, new Trace(0, line -> {})).run().passed();
    }
}
