package dev.stator.simulator.plant;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The versions of items that are read for a transaction are all told to be the same, so that the
 * second round of reads finds no change. Some reads take long, so that there are changes to find.
 */
final class ReadsInOneRound implements ShardPlant {
    private static final long STEP_NANOS = 37_000_000;
    private static final long DELAY_NANOS_MAX = 150_000_000;

    private final ShardGate gate;

    /** Never iterated. */
    private final Set<Caller> delayed = new HashSet<>();

    private long delayNanos;

    private record Caller(Address address, long callId) {}

    ReadsInOneRound(ShardGate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<Envelope> arriving(Envelope envelope) {
        boolean first =
                envelope.message()
                                instanceof
                                Message.PartitionCall(
                                        long callId,
                                        var _,
                                        PartitionRequest.ReadVersion _)
                        && delayed.add(new Caller(envelope.from(), callId));
        if (!first) {
            return Optional.of(envelope);
        }
        delayNanos = (delayNanos + STEP_NANOS) % DELAY_NANOS_MAX;
        gate.deliverAfter(delayNanos, envelope);
        return Optional.empty();
    }

    @Override
    public Envelope leaving(Envelope envelope) {
        if (envelope.message()
                instanceof Message.PartitionAnswer(long callId, PartitionResponse.GotVersion got)) {
            PartitionResponse same =
                    new PartitionResponse.GotVersion(got.item(), got.exists(), got.sizeBytes(), 0);
            return new Envelope(
                    envelope.from(), envelope.to(), new Message.PartitionAnswer(callId, same));
        }
        return envelope;
    }
}
