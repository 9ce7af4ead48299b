package dev.stator.simulator.cluster;

import dev.stator.simulator.engine.Latency;

/**
 * How the network treats messages between machines.
 *
 * @param latency each message takes its own time, so that messages overtake one another
 * @param lossRate of all messages
 * @param repeatRate of all messages that may arrive twice
 */
public record NetworkConditions(Latency latency, double lossRate, double repeatRate) {
    public static final NetworkConditions CALM =
            new NetworkConditions(Latency.micros(100, 1_000), 0, 0);
}
