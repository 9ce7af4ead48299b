package dev.stator.core.routing;

import dev.stator.core.agenda.Agenda;
import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the requests of one router share. */
final class RouterCore {
    private final RouterPlace place;
    private final Deque<Envelope> unsent = new ArrayDeque<>();
    private final Agenda agenda = new Agenda();
    private final Backoff backoff;
    private final Directory directory;
    private final NodeHealth storageHealth;
    private final Attempts asks;
    private final Attempts reads;
    private final Attempts writes;
    private Optional<NodeId> adminLeader = Optional.empty();

    RouterCore(RouterPlace place, RouterLimits limits, long seed) {
        this.place = place;
        CallIds ids = new CallIds(seed);
        long suspicionNanos = TimeUnit.MILLISECONDS.toNanos(limits.suspicionMillis());
        backoff = new Backoff(seed);
        storageHealth = new NodeHealth(suspicionNanos);
        asks = new Attempts(ids, TimeUnit.MILLISECONDS.toNanos(limits.askMillis()));
        reads = new Attempts(ids, TimeUnit.MILLISECONDS.toNanos(limits.readMillis()));
        writes = new Attempts(ids, TimeUnit.MILLISECONDS.toNanos(limits.deadlineMillis()));
        directory = new Directory(place, agenda, this::send, asks, new NodeHealth(suspicionNanos));
    }

    Address self() {
        return place.address();
    }

    List<ClusterNode> nodes() {
        return place.nodes();
    }

    Agenda agenda() {
        return agenda;
    }

    long nowNanos() {
        return agenda.nowNanos();
    }

    Directory directory() {
        return directory;
    }

    NodeHealth storageHealth() {
        return storageHealth;
    }

    /** Sends with the next {@link #flush}. */
    void send(Envelope envelope) {
        unsent.add(envelope);
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** Hands over what was sent, in its order. */
    void flush(Consumer<Envelope> network) {
        directory.sent();
        for (Envelope next = unsent.poll(); next != null; next = unsent.poll()) {
            network.accept(next);
        }
    }

    void backOff(int earlierWaits, Runnable then) {
        agenda.after(backoff.nanos(earlierWaits), then);
    }

    Attempts partitionAttempts(boolean write) {
        return write ? writes : reads;
    }

    Attempts adminAttempts(boolean change) {
        return change ? writes : reads;
    }

    /** The call that waits for an answer under this identifier, which then waits no more. */
    Optional<Attempts.Owner> endAttempt(long callId) {
        Attempts.Owner owner = reads.end(callId);
        return Optional.ofNullable(owner != null ? owner : writes.end(callId));
    }

    void expireAttempts() {
        asks.expire(nowNanos());
        reads.expire(nowNanos());
        writes.expire(nowNanos());
    }

    void lost(long callId) {
        if (!reads.lost(callId) && !writes.lost(callId)) {
            asks.lost(callId);
        }
    }

    void disconnected(NodeId node) {
        asks.disconnected(node);
        reads.disconnected(node);
        writes.disconnected(node);
    }

    Optional<NodeId> adminLeader() {
        return adminLeader;
    }

    void noteAdminLeader(Optional<NodeId> leader) {
        adminLeader = leader;
    }

    /** Adds the nodes of storage replicas: this node, its zone, the others. */
    void addNearestFirst(List<Member> members, List<NodeId> nodes) {
        for (ClusterNode near : place.nodes()) {
            for (Member member : members) {
                if (member.role() == Member.Role.STORAGE && member.node().equals(near.node())) {
                    nodes.add(near.node());
                }
            }
        }
    }
}
