package dev.stator.simulator.cluster;

import dev.stator.core.autoadmin.AutoAdmin;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;

/** A node's auto-admin. */
final class AdminProcess {
    private static final long TICK_NANOS = 50_000_000;

    private final NodeProcess process;
    private final AutoAdmin admin;

    AdminProcess(NodeProcess process) {
        this.process = process;
        this.admin =
                new AutoAdmin(
                        Address.admin(process.node().id()),
                        process.node().cluster().clusterNodes(),
                        process.node().cluster().network()::send);
    }

    void start() {
        process.after(
                process.node().clock().realNanos(TICK_NANOS),
                () -> {
                    admin.tick(process.clockNanos(), process.node().wallClockMillis());
                    start();
                });
    }

    void receive(Envelope envelope) {
        admin.receive(envelope, process.clockNanos(), process.node().wallClockMillis());
    }

    /** Told by another thread of the node, and so after a while. */
    void systemLeadership(boolean leads, long ballotRound) {
        process.after(
                0,
                () ->
                        admin.systemLeadership(
                                ballotRound,
                                leads,
                                process.clockNanos(),
                                process.node().wallClockMillis()));
    }
}
