package dev.stator.server.runtime;

import dev.stator.core.autoadmin.AutoAdmin;
import dev.stator.core.metadata.MemDs;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.server.transport.Transport;

/** Runs what a node does besides storing: MemDS and auto-admin, on one loop. */
final class ControlRunner implements EventLoop.Owner {
    private static final long TICK_NANOS = 50_000_000L;

    private final EventLoop loop;
    private final MemDs memDs;
    private final AutoAdmin admin;

    ControlRunner(NodeRuntime.Plan plan, Transport transport, EventLoop loop) {
        this.loop = loop;
        this.memDs = new MemDs(Address.memDs(plan.self()), transport::send);
        this.admin = new AutoAdmin(Address.admin(plan.self()), plan.cluster(), transport::send);
    }

    void start() {
        loop.start(this);
    }

    void close() {
        loop.close();
    }

    void deliverToMemDs(Envelope envelope) {
        loop.execute(() -> memDs.receive(envelope));
    }

    void deliverToAdmin(Envelope envelope) {
        loop.execute(() -> admin.receive(envelope, loop.nowNanos(), System.currentTimeMillis()));
    }

    void systemLeadership(boolean leads, long ballotRound) {
        loop.execute(() ->
                admin.systemLeadership(
                        ballotRound, leads, loop.nowNanos(), System.currentTimeMillis()));
    }

    @Override
    public void afterBatch(long nowNanos) {}

    @Override
    public void onTick(long nowNanos) {
        admin.tick(nowNanos, System.currentTimeMillis());
    }

    @Override
    public long tickNanos() {
        return TICK_NANOS;
    }
}
