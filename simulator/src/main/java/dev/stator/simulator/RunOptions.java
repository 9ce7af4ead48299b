package dev.stator.simulator;

import dev.stator.simulator.cluster.PlantedBug;
import dev.stator.simulator.fault.Fault;
import java.util.List;

/**
 * What a history is made of, besides its seed.
 *
 * @param faultSeconds of simulated time in which faults come
 * @param clients at a time
 * @param faults the kinds that may come
 */
public record RunOptions(int faultSeconds, int clients, List<Fault> faults, PlantedBug bug) {
    public static final RunOptions DEFAULT =
            new RunOptions(20, 8, List.of(Fault.values()), PlantedBug.NONE);

    public RunOptions {
        faults = List.copyOf(faults);
        if (faultSeconds < 0 || clients < 1) {
            throw new IllegalArgumentException("a history without time or clients");
        }
    }

    public RunOptions withBug(PlantedBug planted) {
        return new RunOptions(faultSeconds, clients, faults, planted);
    }

    public RunOptions withFaults(List<Fault> kinds) {
        return new RunOptions(faultSeconds, clients, kinds, bug);
    }
}
