package dev.stator.simulator.fault;

import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNetwork;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Machines that cannot talk. Each cut is mended by itself, so that several may hold at a time. */
final class Partitions {
    private static final long MILLIS = 1_000_000;

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SplittableRandom random;
    private final BooleanSupplier active;

    /** The ways in which one machine is cut. */
    private enum Shape {
        HEARS_NOBODY("hears nobody", RareEvent.CUT_HEARS_NOBODY),
        HEARD_BY_NOBODY("is heard by nobody", RareEvent.CUT_HEARD_BY_NOBODY),
        OFF("is cut off", RareEvent.CUT_OFF),
        FROM_ONE("is cut off from one", RareEvent.CUT_FROM_ONE);

        private final String text;
        private final RareEvent event;

        Shape(String text, RareEvent event) {
            this.text = text;
            this.event = event;
        }
    }

    /**
     * @param active whether faults still come
     */
    Partitions(SimulatedCluster cluster, SplittableRandom random, BooleanSupplier active) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = random;
        this.active = active;
    }

    void strike() {
        switch (random.nextInt(8)) {
            case 0, 1 -> roll();
            case 2 -> isolate();
            default -> cutOne();
        }
    }

    private SimulatedNode anyNode() {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    }

    private void cutOne() {
        SimulatedNode node = anyNode();
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        SimulatedNetwork.Cut cut = cluster.network().cut();
        for (SimulatedNode other : cluster.nodes()) {
            if (other == node) {
                continue;
            }
            if (shape != Shape.HEARS_NOBODY) {
                cut.link(node.id(), other.id());
            }
            if (shape != Shape.HEARD_BY_NOBODY) {
                cut.link(other.id(), node.id());
            }
            if (shape == Shape.FROM_ONE) {
                break;
            }
        }
        simulation.happened(shape.event);
        simulation.note(node.name() + " " + shape.text);
        mendLater(node, cut, 100 + random.nextLong(5_000));
    }

    /**
     * Cuts off one machine for longer than any word of a leader is good for, with the clients that
     * are connected to it.
     */
    private void isolate() {
        SimulatedNode node = anyNode();
        long millis = 11_000 + random.nextLong(5_000);
        simulation.happened(RareEvent.CUT_LONG);
        simulation.note(node.name() + " is cut off for " + millis + " ms");
        mendLater(node, cutOff(node), millis);
    }

    private void mendLater(SimulatedNode node, SimulatedNetwork.Cut cut, long millis) {
        simulation.after(
                millis * MILLIS,
                () -> {
                    if (active.getAsBoolean()) {
                        simulation.note(node.name() + " is cut no more");
                        cut.mend();
                    }
                });
    }

    /**
     * Cuts off one machine after the other, each for about as long as it takes the others to elect
     * a leader: so that leaders lose their offices with entries which nobody else has, and their
     * successors soon after them.
     */
    private void roll() {
        long millis = 900 + random.nextLong(1_600);
        int turns = 2 + random.nextInt(4);
        int first = random.nextInt(cluster.nodes().size());
        simulation.happened(RareEvent.CUT_ROLLING);
        simulation.note("one after the other is cut off, for " + millis + " ms each");
        for (int turn = 0; turn < turns; turn++) {
            SimulatedNode node = cluster.nodes().get((first + turn) % cluster.nodes().size());
            simulation.after(
                    turn * millis * MILLIS,
                    () -> {
                        if (active.getAsBoolean()) {
                            mendLater(node, cutOff(node), millis);
                        }
                    });
        }
    }

    /** From all others, in both directions, until it is mended. */
    SimulatedNetwork.Cut cutOff(SimulatedNode node) {
        SimulatedNetwork.Cut cut = cluster.network().cut();
        for (SimulatedNode other : cluster.nodes()) {
            if (other != node) {
                cut.link(node.id(), other.id()).link(other.id(), node.id());
            }
        }
        return cut;
    }
}
