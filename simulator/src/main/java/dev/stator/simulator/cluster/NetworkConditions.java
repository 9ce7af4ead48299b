package dev.stator.simulator.cluster;

import dev.stator.simulator.engine.Latency;

/**
 * How the network treats messages between machines.
 *
 * @param latency each message takes its own time, so that messages overtake one another
 * @param lossRate of all messages
 * @param repeatRate of all messages that may arrive twice
 * @param corruptRate of all messages whose frame is changed on its way
 */
public record NetworkConditions(
        Latency latency, double lossRate, double repeatRate, double corruptRate) {

    /** Nothing is wrong. */
    public static NetworkConditions calm(Latency latency) {
        return new NetworkConditions(latency, 0, 0, 0);
    }
}
