package dev.stator.simulator.cluster;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.HashMap;
import java.util.Map;

/** Knows which writes a shard has not answered, and so when two of them are to one item. */
final class InFlightWatch {
    private static final int FLOOD = 20;

    private final Simulation simulation;
    private final Map<Caller, Place> calls = new HashMap<>();
    private final Map<Place, Integer> writes = new HashMap<>();

    private record Caller(Address address, long callId) {}

    private record Place(GroupId group, PlacementKey key) {}

    InFlightWatch(Simulation simulation) {
        this.simulation = simulation;
    }

    void arriving(Envelope envelope) {
        if (envelope.message()
                instanceof
                Message.PartitionCall(long callId, GroupId group, PartitionRequest.Write write)) {
            Place place = new Place(group, write.key());
            if (calls.put(new Caller(envelope.from(), callId), place) == null) {
                int underWay = writes.merge(place, 1, Integer::sum);
                if (underWay > 1) {
                    simulation.happened(RareEvent.WRITES_TO_ONE_KEY);
                }
                if (underWay >= FLOOD) {
                    simulation.happened(RareEvent.WRITES_IN_FLOOD);
                }
            }
        } else if (envelope.message() instanceof Message.PartitionCall call
                && call.request() instanceof PartitionRequest.Range
                && writes.keySet().stream().anyMatch(place -> place.group().equals(call.group()))) {
            simulation.happened(RareEvent.READ_WHILE_WRITING);
        }
    }

    void leaving(Envelope envelope) {
        if (envelope.message() instanceof Message.PartitionAnswer(long callId, var _)) {
            Place place = calls.remove(new Caller(envelope.to(), callId));
            if (place != null) {
                writes.computeIfPresent(place, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
