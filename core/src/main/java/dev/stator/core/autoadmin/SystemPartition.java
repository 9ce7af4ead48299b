package dev.stator.core.autoadmin;

import dev.stator.core.agenda.Agenda;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.replication.GroupId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Calls the replica of the system group on this node. Only its leader does what is asked, so an
 * auto-admin that was deposed can neither read nor change anything, whatever it believes.
 */
final class SystemPartition {
    /** A call that is not answered after this is lost: its outcome is not known. */
    static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private record Call(long deadlineNanos, Consumer<PartitionResponse> then) {}

    private final Address self;
    private final Agenda agenda;
    private final LongSupplier callIds;
    private final Consumer<Envelope> send;

    /** In the order of their deadlines. */
    private final Map<Long, Call> calls = new LinkedHashMap<>();

    SystemPartition(Address self, Agenda agenda, LongSupplier callIds, Consumer<Envelope> send) {
        this.self = self;
        this.agenda = agenda;
        this.callIds = callIds;
        this.send = send;
    }

    /** The outcome of a call that is not answered in time is {@code Indeterminate}. */
    void call(PartitionRequest request, Consumer<PartitionResponse> then) {
        long callId = callIds.getAsLong();
        calls.put(callId, new Call(agenda.nowNanos() + TIMEOUT_NANOS, then));
        send.accept(
                new Envelope(
                        self,
                        Address.storage(self.node()),
                        new PartitionCall(callId, GroupId.SYSTEM, request)));
    }

    void answered(long callId, PartitionResponse response) {
        Call call = calls.remove(callId);
        if (call != null) {
            call.then.accept(response);
        }
    }

    void expire() {
        while (!calls.isEmpty()) {
            Map.Entry<Long, Call> eldest = calls.entrySet().iterator().next();
            if (eldest.getValue().deadlineNanos - agenda.nowNanos() > 0) {
                return;
            }
            answered(eldest.getKey(), new PartitionResponse.Indeterminate());
        }
    }
}
