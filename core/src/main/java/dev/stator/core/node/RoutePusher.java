package dev.stator.core.node;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Tells every MemDS node and every auto-admin what this shard leads: what changed at once, and with
 * each heartbeat's interval a slice of the rest in turn. So a receiver that missed something, or
 * has just started, learns all there is in time, and the work is the same whether or not anything
 * happens.
 */
final class RoutePusher {
    /** Routes in one push at most. */
    static final int SLICE = 128;

    private final StorageShard shard;
    private final List<NodeId> nodes;
    private final SequencedSet<HostedReplica> changed = new LinkedHashSet<>();
    private GroupId cursor = new GroupId(0);
    private long nextPushNanos;

    RoutePusher(StorageShard shard, List<NodeId> nodes) {
        this.shard = shard;
        this.nodes = List.copyOf(nodes);
        this.nextPushNanos = shard.nowNanos();
    }

    void changed(HostedReplica replica) {
        changed.add(replica);
    }

    void onTick() {
        List<GroupRoute> pushed = new ArrayList<>();
        for (HostedReplica replica : changed) {
            if (replica.group().leads()) {
                pushed.add(route(replica));
            }
        }
        changed.clear();
        if (shard.nowNanos() - nextPushNanos >= 0) {
            nextPushNanos = shard.nowNanos() + shard.timing().heartbeatNanos();
            addSlice(pushed);
        }
        if (!pushed.isEmpty()) {
            MetadataMessage.PushRoutes message =
                    new MetadataMessage.PushRoutes(List.copyOf(pushed));
            for (NodeId node : nodes) {
                shard.port().send(new Envelope(shard.address(), Address.memDs(node), message));
                shard.port().send(new Envelope(shard.address(), Address.admin(node), message));
            }
        }
    }

    private void addSlice(List<GroupRoute> pushed) {
        int visited = 0;
        GroupId last = cursor;
        for (HostedReplica replica : shard.replicasAfter(cursor)) {
            if (visited++ == SLICE) {
                cursor = last;
                return;
            }
            last = replica.id();
            if (replica.group().leads() && !replica.stopped()) {
                pushed.add(route(replica));
            }
        }
        cursor = new GroupId(0);
    }

    private static GroupRoute route(HostedReplica replica) {
        var ballot = replica.group().leaderBallot();
        return new GroupRoute(
                replica.id(), ballot.owner(), replica.descriptor().members(), ballot.round());
    }
}
