package dev.stator.simulator;

import dev.stator.simulator.fault.Fault;
import dev.stator.simulator.plant.PlantedBug;
import java.util.List;

/**
 * What a history is made of, besides its seed.
 *
 * @param faultSeconds of simulated time in which faults come
 * @param clients at a time
 * @param faults the kinds that may come
 * @param strikesMax faults at most, to make a history shorter that fails
 */
public record RunOptions(
        int faultSeconds, int clients, List<Fault> faults, long strikesMax, PlantedBug bug) {
    public static final long ALL_STRIKES = Long.MAX_VALUE;

    public static final RunOptions DEFAULT =
            new RunOptions(20, 8, List.of(Fault.values()), ALL_STRIKES, PlantedBug.NONE);

    public RunOptions {
        faults = List.copyOf(faults);
        if (faultSeconds < 0 || clients < 1 || strikesMax < 0) {
            throw new IllegalArgumentException("a history without time or clients");
        }
    }

    public RunOptions withBug(PlantedBug planted) {
        return new RunOptions(faultSeconds, clients, faults, strikesMax, planted);
    }

    public RunOptions withFaults(List<Fault> kinds) {
        return new RunOptions(faultSeconds, clients, kinds, strikesMax, bug);
    }

    public RunOptions withStrikes(long most) {
        return new RunOptions(faultSeconds, clients, faults, most, bug);
    }

    public RunOptions withFaultSeconds(int most) {
        return new RunOptions(most, clients, faults, strikesMax, bug);
    }
}
