package dev.stator.simulator.check;

import dev.stator.simulator.engine.Simulation;
import java.util.ArrayList;
import java.util.List;

/** The violations of one history, the first of them; a violation ends the history. */
public final class Violations {
    private static final int KEPT_MAX = 5;

    private final Simulation simulation;
    private final List<Violation> found = new ArrayList<>();

    public Violations(Simulation simulation) {
        this.simulation = simulation;
    }

    public void add(String checker, String what) {
        if (found.size() < KEPT_MAX) {
            Violation violation = new Violation(checker, what);
            found.add(violation);
            simulation.note("VIOLATION " + violation);
        }
        simulation.stop();
    }

    public List<Violation> found() {
        return List.copyOf(found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }
}
