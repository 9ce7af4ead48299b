package dev.stator.simulator.plant;

import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.TransactionId;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one transaction has prepared does not keep another one away: it is given up as soon as the
 * other one comes.
 */
final class ForgetsPrepared implements ShardPlant {
    private static final long AFTERWARDS_NANOS = 1_000_000;

    private final ShardGate gate;
    private final Map<Place, TransactionId> prepared = new HashMap<>();

    /** Of calls that nobody waits for. */
    private long callId = Long.MAX_VALUE;

    private record Place(GroupId group, PlacementKey key) {}

    ForgetsPrepared(ShardGate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<Envelope> arriving(Envelope envelope) {
        if (!(envelope.message()
                instanceof
                Message.PartitionCall(var _, GroupId group, PartitionRequest.Prepare prepare))) {
            return Optional.of(envelope);
        }
        Place place = new Place(group, prepare.key());
        TransactionId other = prepared.put(place, prepare.mark().id());
        if (other == null || other.equals(prepare.mark().id())) {
            return Optional.of(envelope);
        }
        gate.deliverAfter(AFTERWARDS_NANOS, envelope);
        return Optional.of(
                new Envelope(
                        envelope.from(),
                        envelope.to(),
                        new Message.PartitionCall(
                                callId--,
                                group,
                                new PartitionRequest.Finish(prepare.key(), other, false))));
    }
}
