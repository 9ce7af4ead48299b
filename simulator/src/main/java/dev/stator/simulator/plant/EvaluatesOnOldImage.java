package dev.stator.simulator.plant;

import dev.stator.core.format.StoreKey;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A write that comes while another one to its key is in flight is evaluated on the image that the
 * other one was evaluated on: it is held back until that one is answered and applied, and then
 * reads what the store held when it came.
 */
final class EvaluatesOnOldImage implements ShardPlant {
    /** From the answer until the store has it, mostly. */
    private static final long APPLIED_AFTER_NANOS = 20_000_000;

    private final ShardGate gate;
    private final Map<Place, InFlight> inFlight = new HashMap<>();

    /** Whose write the shard was given last; it may read its item now. */
    private @Nullable InFlight reader;

    private record Place(GroupId group, PlacementKey key) {}

    private record Caller(Address address, long callId) {}

    private record Held(Envelope envelope, Caller caller, byte @Nullable [] image) {}

    /** The write to a key that is under way, and those behind it. */
    private static final class InFlight {
        private final Place place;
        private Caller caller;
        private byte @Nullable [] storeKey;

        /** The write itself, where it was held back. */
        private @Nullable Held late;

        private final ArrayDeque<Held> held = new ArrayDeque<>();

        InFlight(Place place, Caller caller) {
            this.place = place;
            this.caller = caller;
        }
    }

    EvaluatesOnOldImage(ShardGate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<Envelope> arriving(Envelope envelope) {
        reader = null;
        if (!(envelope.message()
                instanceof
                Message.PartitionCall(long callId, GroupId group, PartitionRequest.Write write))) {
            return Optional.of(envelope);
        }
        Place place = new Place(group, write.key());
        Caller caller = new Caller(envelope.from(), callId);
        InFlight other = inFlight.get(place);
        if (other != null && other.late != null && other.caller.equals(caller)) {
            reader = other;
            return Optional.of(envelope);
        }
        if (other != null && other.storeKey != null) {
            other.held.add(new Held(envelope, caller, gate.read(other.storeKey)));
            return Optional.empty();
        }
        if (other == null) {
            reader = new InFlight(place, caller);
            inFlight.put(place, reader);
        }
        return Optional.of(envelope);
    }

    @Override
    public @Nullable Supplier<byte @Nullable []> reading(byte[] storeKey) {
        InFlight write = reader;
        if (write == null || !StoreKey.placementKey(storeKey).equals(write.place.key())) {
            return null;
        }
        reader = null;
        write.storeKey = storeKey;
        Held late = write.late;
        return late == null ? null : late::image;
    }

    @Override
    public Envelope leaving(Envelope envelope) {
        if (envelope.message() instanceof Message.PartitionAnswer(long callId, var _)) {
            Caller answered = new Caller(envelope.to(), callId);
            for (InFlight write : inFlight.values()) {
                if (write.caller.equals(answered)) {
                    next(write);
                    break;
                }
            }
        }
        return envelope;
    }

    private void next(InFlight write) {
        Held next = write.held.poll();
        if (next == null) {
            inFlight.remove(write.place);
            return;
        }
        write.caller = next.caller();
        write.late = next;
        gate.deliverAfter(APPLIED_AFTER_NANOS, next.envelope());
    }
}
