package dev.stator.core.autoadmin;

import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage.AdminAnswer;
import dev.stator.core.wire.AdminMessage.AdminCall;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.Message.PartitionAnswer;
import dev.stator.core.wire.Message.ReplicaDropped;
import dev.stator.core.wire.Message.ReplicaHosted;
import dev.stator.core.wire.MetadataMessage.ContentsCounted;
import dev.stator.core.wire.MetadataMessage.GroupContents;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.ReplicasHeld;
import dev.stator.core.wire.MetadataMessage.TablesTaken;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The control plane, one on each node. The one beside the leader of the system group acts; the
 * others say who that is. All that it decides is in the items of the system group before it is
 * done, and is read and written through the replica on its own node only: one that was deposed and
 * does not know it yet can do no harm.
 *
 * <pre>
 * IDLE      another one leads; knows who, and listens who leads the groups
 * LEADING   a {@link Tenure}: reads all tables, then takes changes and completes what is unfinished
 * </pre>
 *
 * Owned by one thread. All times are of one clock that does not go back.
 */
public final class AutoAdmin {
    private final Address self;
    private final KnownReports<GroupRoute> routes = KnownReports.ofRoutes();
    private final KnownReports<GroupContents> contents = KnownReports.ofContents();
    private final Clock clock = new Clock();
    private final Tenure.Surroundings surroundings;
    private final Consumer<Envelope> send;
    private @Nullable Tenure tenure;

    /** The time of the current event, and the call identifiers, which are never used again. */
    static final class Clock {
        private long nowNanos;
        private long wallMillis;
        private long lastCallId;

        long nowNanos() {
            return nowNanos;
        }

        long wallMillis() {
            return wallMillis;
        }

        long newCallId() {
            return ++lastCallId;
        }
    }

    /**
     * @param nodes all nodes of the cluster; every one hosts replicas and a MemDS node
     */
    public AutoAdmin(Address self, List<ClusterNode> nodes, Consumer<Envelope> send) {
        this.self = self;
        this.send = send;
        this.surroundings =
                new Tenure.Surroundings(
                        self, List.copyOf(nodes), routes, new Descriptions(contents), clock, send);
    }

    /**
     * The replica of the system group on this node came to lead, or leads no more.
     *
     * @param ballotRound in which it leads
     */
    public void systemLeadership(
            long ballotRound, boolean leading, long nowNanos, long wallMillis) {
        begin(nowNanos, wallMillis);
        Tenure present = tenure;
        if (present != null && (!leading || present.term() != ballotRound)) {
            tenure = null;
            present.end();
            present = null;
        }
        if (leading && present == null) {
            tenure = new Tenure(surroundings, ballotRound);
        }
        finish();
    }

    /** A message for auto-admin arrived. */
    public void receive(Envelope envelope, long nowNanos, long wallMillis) {
        begin(nowNanos, wallMillis);
        NodeId from = envelope.from().node();
        Tenure present = tenure;
        switch (envelope.message()) {
            case AdminCall(long callId, AdminRequest request) ->
                    call(request, new Caller(envelope.from(), callId));
            case PushRoutes(List<GroupRoute> reported) -> reported.forEach(this::note);
            case ContentsCounted(List<GroupContents> counted) ->
                    counted.forEach(report -> contents.put(report, clock.nowNanos));
            case ReplicasHeld(List<GroupId> groups) -> {
                if (present != null) {
                    present.held(from, groups);
                }
            }
            case PartitionAnswer(long callId, var response) -> {
                if (present != null) {
                    present.answered(callId, response);
                }
            }
            case TablesTaken answer -> {
                if (present != null) {
                    present.taken(from, answer);
                }
            }
            case ReplicaHosted(long _, GroupId group) -> {
                if (present != null) {
                    present.hosted(new GroupReplica(group, from));
                }
            }
            case ReplicaDropped(long _, GroupId group) -> {
                if (present != null) {
                    present.dropped(new GroupReplica(group, from));
                }
            }
            case IndexesDefined answer -> {
                if (present != null) {
                    present.defined(answer);
                }
            }
            case Message other ->
                    throw new IllegalArgumentException("not for auto-admin: " + other);
        }
        finish();
    }

    /** Time passed. To be called about every 50 ms. */
    public void tick(long nowNanos, long wallMillis) {
        begin(nowNanos, wallMillis);
        if (tenure != null) {
            tenure.tick();
        }
        finish();
    }

    private void begin(long nowNanos, long wallMillis) {
        clock.nowNanos = nowNanos;
        clock.wallMillis = wallMillis;
        if (tenure != null) {
            tenure.begin();
        }
    }

    private void finish() {
        if (tenure != null) {
            tenure.finish();
        }
    }

    private void note(GroupRoute route) {
        routes.put(route, clock.nowNanos);
        if (tenure != null) {
            tenure.led(route.group());
        }
    }

    private void call(AdminRequest request, Caller caller) {
        if (tenure != null) {
            tenure.request(request, caller);
        } else {
            Optional<NodeId> leader = routes.find(GroupId.SYSTEM).map(GroupRoute::leader);
            caller.accept(
                    new AdminResponse.NotLeader(leader.filter(node -> !node.equals(self.node()))));
        }
    }

    /** Who waits for an answer. */
    private final class Caller implements Consumer<AdminResponse> {
        private final Address address;
        private final long callId;

        Caller(Address address, long callId) {
            this.address = address;
            this.callId = callId;
        }

        @Override
        public void accept(AdminResponse response) {
            send.accept(new Envelope(self, address, new AdminAnswer(callId, response)));
        }
    }

    /** Whether this one acts. */
    public boolean isLeading() {
        return tenure != null;
    }
}
