package dev.stator.simulator.cluster;

import dev.stator.replication.Limits;

/**
 * What holds while nothing is wrong.
 *
 * @param limits of what replication sends and keeps
 * @param encoded whether every message goes through the codec of the wire, and not only those whose
 *     frames are corrupted
 */
public record UsualConditions(
        NodeConditions machines, NetworkConditions network, Limits limits, boolean encoded) {}
