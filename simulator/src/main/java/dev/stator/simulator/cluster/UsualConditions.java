package dev.stator.simulator.cluster;

/**
 * What holds while nothing is wrong.
 *
 * @param encoded whether every message goes through the codec of the wire, and not only those whose
 *     frames are corrupted
 */
public record UsualConditions(
        NodeConditions machines, NetworkConditions network, boolean encoded) {}
