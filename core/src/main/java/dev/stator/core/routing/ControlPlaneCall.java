package dev.stator.core.routing;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage.AdminCall;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One request to the auto-admin that leads: to the one known to lead, else to one after the other
 * until one does. As with partitions, what may have been done is not asked again.
 */
final class ControlPlaneCall implements Question, Attempts.Owner {
    private final RouterCore core;
    private final AdminRequest request;
    private final Consumer<AdminResponse> receiver;

    private final List<NodeId> asked = new ArrayList<>();
    private int redirects;
    private int waits;
    private boolean inFlight;
    private boolean ended;

    ControlPlaneCall(RouterCore core, AdminRequest request, Consumer<AdminResponse> receiver) {
        this.core = core;
        this.request = request;
        this.receiver = receiver;
    }

    private boolean onlyReads() {
        return switch (request) {
            case AdminRequest.DescribeTable _, AdminRequest.ListTables _ -> true;
            case AdminRequest.CreateTable _,
                    AdminRequest.DeleteTable _,
                    AdminRequest.UpdateTable _ ->
                    false;
        };
    }

    void start() {
        asked.clear();
        redirects = 0;
        callNext();
    }

    private void callNext() {
        Optional<NodeId> leader = core.adminLeader();
        if (leader.isPresent() && !asked.contains(leader.get())) {
            call(leader.get());
            return;
        }
        for (ClusterNode node : core.nodes()) {
            if (!asked.contains(node.node())) {
                call(node.node());
                return;
            }
        }
        core.backOff(
                waits++,
                () -> {
                    if (!ended) {
                        start();
                    }
                });
    }

    private void call(NodeId target) {
        asked.add(target);
        inFlight = true;
        long callId = core.adminAttempts(!onlyReads()).begin(target, this, core.nowNanos());
        core.send(new Envelope(core.self(), Address.admin(target), new AdminCall(callId, request)));
    }

    /** An answer of an auto-admin that was asked. */
    void answered(NodeId from, AdminResponse response) {
        inFlight = false;
        if (ended) {
            return;
        }
        if (!(response instanceof AdminResponse.NotLeader(Optional<NodeId> leader))) {
            core.noteAdminLeader(Optional.of(from));
            end(response);
        } else if (leader.isPresent()
                && !asked.contains(leader.get())
                && redirects++ < RouterLimits.MAX_REDIRECTS) {
            core.noteAdminLeader(leader);
            call(leader.get());
        } else {
            forgetLeader(from);
            callNext();
        }
    }

    @Override
    public void unanswered(NodeId node, boolean certainlyLost) {
        inFlight = false;
        forgetLeader(node);
        if (ended) {
            return;
        }
        if (onlyReads() || certainlyLost) {
            callNext();
        } else {
            end(new AdminResponse.Failed(Failures.CONTROL_PLANE_OUTCOME_UNKNOWN));
        }
    }

    private void forgetLeader(NodeId node) {
        if (core.adminLeader().equals(Optional.of(node))) {
            core.noteAdminLeader(Optional.empty());
        }
    }

    private void end(AdminResponse response) {
        ended = true;
        receiver.accept(response);
    }

    @Override
    public void expire() {
        if (!ended) {
            boolean unknown = inFlight && !onlyReads();
            end(
                    new AdminResponse.Failed(
                            unknown
                                    ? Failures.CONTROL_PLANE_OUTCOME_UNKNOWN
                                    : Failures.NO_CONTROL_PLANE));
        }
    }
}
