package dev.stator.replication;

import dev.stator.replication.NodeMessage.GroupBallot;
import java.util.Collection;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The leases between one node and the others, for all groups of one shard together.
 *
 * <p><b>What a lease is.</b> An answer to a heartbeat is the answerer's word that, for as long as a
 * lease lasts on its own clock, no group that it <em>counts in</em> promises a ballot of anybody
 * else. A replica counts a group in from the {@code Accepted} on that says so, for one ballot; it
 * counts it out by withdrawing it, which every later answer says until the leader has seen it. A
 * leader holds the lease of a group while a quorum, itself included, has counted the group in and
 * has answered a heartbeat that was sent no longer than a lease ago. So an answer renews only
 * groups whose promise still stands, and an idle group costs no message.
 *
 * <p><b>Why late messages do no harm.</b> A replica withdraws a group only after all it granted has
 * ended. An answer that was sent before the withdrawal and arrives after it speaks of a lease that
 * had ended by then; one sent after it names the group. An answer that cannot name all withdrawn
 * groups renews nothing. A new incarnation of either side starts with nothing counted in.
 *
 * <p><b>After a restart</b> a node does not remember what it granted: for one whole lease it
 * promises and counts in nothing ({@link #silent}).
 *
 * <p>Single owner: the shard's thread. Clocks of two machines are never compared.
 */
public final class Leases {
    private final NodeId self;
    private final long incarnation;
    private final Timing timing;
    private final long silentUntilNanos;
    private final SequencedMap<NodeId, PeerLink> links = new TreeMap<>();

    /**
     * @param incarnation of this run of the node: above every earlier one, which the owner makes
     *     durable before
     * @param startedAtNanos the node has granted nothing since then
     */
    public Leases(
            NodeId self,
            long incarnation,
            Collection<NodeId> peers,
            Timing timing,
            long startedAtNanos) {
        this.self = self;
        this.incarnation = incarnation;
        this.timing = timing;
        this.silentUntilNanos = startedAtNanos + timing.leaseNanos();
        for (NodeId peer : peers) {
            if (!peer.equals(self)) {
                links.put(peer, new PeerLink(peer, incarnation));
            }
        }
    }

    public long incarnation() {
        return incarnation;
    }

    Timing timing() {
        return timing;
    }

    /** Whether this node may still be bound by leases that it granted before it restarted. */
    boolean silent(long nowNanos) {
        return nowNanos - silentUntilNanos < 0;
    }

    /** Whether the given run of a node has been heard within a lease. */
    boolean hears(NodeId peer, long peerIncarnation, long nowNanos) {
        PeerLink link = links.get(peer);
        return link != null
                && link.peerIncarnation() == peerIncarnation
                && link.heardWithin(timing.leaseNanos(), nowNanos);
    }

    /** Whether any run of a node has been heard within a lease. */
    boolean hears(NodeId peer, long nowNanos) {
        PeerLink link = links.get(peer);
        return link != null && link.heardWithin(timing.leaseNanos(), nowNanos);
    }

    /**
     * Whether a grant of this node to the given run of another one is still running. Once a later
     * run was heard, the earlier one relies on nothing any more.
     */
    boolean grants(NodeId peer, long peerIncarnation, long nowNanos) {
        PeerLink link = links.get(peer);
        return link != null && link.peerIncarnation() <= peerIncarnation && link.grants(nowNanos);
    }

    /** The run of a node that was heard within a lease; zero where none was. */
    public long heardIncarnation(NodeId peer, long nowNanos) {
        return hears(peer, nowNanos) ? latestIncarnation(peer) : 0;
    }

    /** The latest run of a node that was heard of; zero before the first word. */
    long latestIncarnation(NodeId peer) {
        PeerLink link = links.get(peer);
        return link == null ? 0 : link.peerIncarnation();
    }

    /** Whether this node holds the grant of the given run of a node. */
    boolean holdsGrantOf(NodeId peer, long peerIncarnation, long nowNanos) {
        PeerLink link = links.get(peer);
        return link != null
                && peerIncarnation != 0
                && link.peerIncarnation() == peerIncarnation
                && link.leaseHeld(nowNanos);
    }

    /** The group's promise to the leader no longer stands; its grant must have ended. */
    void withdraw(NodeId leader, GroupId group, Ballot ballot) {
        PeerLink link = links.get(leader);
        if (link != null) {
            link.withdraw(new GroupBallot(group, ballot));
        }
    }

    /** This node leads the group no more. */
    void cede(GroupId group, Ballot ballot, Collection<Member> members) {
        for (Member member : members) {
            PeerLink link = links.get(member.node());
            if (link != null) {
                link.cede(new GroupBallot(group, ballot));
            }
        }
    }

    /** Sends the heartbeats that are due. */
    public void onTick(long nowNanos, BiConsumer<NodeId, NodeMessage> send) {
        for (PeerLink link : links.values()) {
            if (link.heartbeatDue(nowNanos)) {
                send.accept(
                        link.node, link.heartbeat(incarnation, nowNanos, timing.heartbeatNanos()));
            }
        }
    }

    /** What messages between nodes mean to groups. */
    public interface GroupNews {
        /** The leader of the group has given up the ballot. */
        void ceded(GroupBallot group);

        /** The follower's promise for the ballot, which this node owns, no longer stands. */
        void withdrawn(NodeId follower, GroupBallot group);
    }

    /** Takes a message of another node; one of a node that is not known is ignored. */
    public void onMessage(
            NodeId from,
            NodeMessage message,
            long nowNanos,
            BiConsumer<NodeId, NodeMessage> send,
            GroupNews news) {
        PeerLink link = links.get(from);
        if (link == null) {
            return;
        }
        switch (message) {
            case NodeMessage.Heartbeat heartbeat -> {
                if (link.hear(heartbeat.incarnation(), nowNanos)) {
                    heartbeat.ceded().forEach(news::ceded);
                    long grantUntil = nowNanos + timing.leaseNanos();
                    send.accept(from, link.answer(heartbeat, incarnation, grantUntil));
                }
            }
            case NodeMessage.HeartbeatAnswer answer -> {
                if (answer.leaderIncarnation() == incarnation
                        && link.hear(answer.incarnation(), nowNanos)) {
                    answer.withdrawn().forEach(group -> news.withdrawn(from, group));
                    link.takeAnswer(answer, timing.leaderLeaseNanos());
                }
            }
        }
    }

    NodeId self() {
        return self;
    }
}
