package dev.stator.replication;

import dev.stator.replication.NodeMessage.GroupBallot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node keeps of another one: when it was heard, the lease it has granted, and the lease
 * granted to it.
 */
final class PeerLink {
    /** Groups named in one heartbeat or answer at most; more wait for the next one. */
    static final int GROUPS_PER_MESSAGE_MAX = 256;

    /** A run of a node answers fewer heartbeats than this power of two. */
    private static final int ANSWERS_PER_RUN_BITS = 40;

    /** Heartbeats whose sending time is remembered; an older answer renews nothing. */
    private static final int HEARTBEATS_REMEMBERED = 64;

    final NodeId node;

    /** The latest incarnation heard of; zero before the first word. */
    private long peerIncarnation;

    private long lastHeardNanos;
    private boolean heard;

    private long nextSequence = 1;
    private final long[] sentAtNanos = new long[HEARTBEATS_REMEMBERED];
    private long lastAnswerSeen;
    private long nextAnswerNumber;
    private long nextHeartbeatAtNanos = Long.MIN_VALUE;

    /**
     * Until when the peer's grant to us holds, on our clock; meaningful only where {@link
     * #leaseHeld}.
     */
    private long leaseUntilNanos;

    private boolean leaseHeld;

    /**
     * Until when our grant to the peer binds us, on our clock; meaningful only where {@link
     * #granted}.
     */
    private long grantUntilNanos;

    private boolean granted;

    /**
     * Groups that we led and lead no more, with the sequence that first told the peer; zero: not
     * told yet.
     */
    private final Map<GroupBallot, Long> ceded = new LinkedHashMap<>();

    /** Groups whose promise to the peer no longer stands, likewise, by the number of the answer. */
    private final Map<GroupBallot, Long> withdrawn = new LinkedHashMap<>();

    /**
     * @param incarnation of this node. Its answers are numbered from above those of every earlier
     *     run: a late heartbeat that acknowledges answers of an earlier run acknowledges none of
     *     this one.
     */
    PeerLink(NodeId node, long incarnation) {
        this.node = node;
        this.nextAnswerNumber = (incarnation << ANSWERS_PER_RUN_BITS) + 1;
    }

    long peerIncarnation() {
        return peerIncarnation;
    }

    /**
     * @return false where the message comes from an earlier run of the peer and is to be ignored
     */
    boolean hear(long incarnation, long nowNanos) {
        if (incarnation < peerIncarnation) {
            return false;
        }
        if (incarnation > peerIncarnation) {
            peerIncarnation = incarnation;
            leaseHeld = false;
            lastAnswerSeen = 0;
            // What was withdrawn stays: this very run may have led in it, its Accept came first.
        }
        heard = true;
        lastHeardNanos = nowNanos;
        return true;
    }

    boolean heardWithin(long nanos, long nowNanos) {
        return heard && nowNanos - lastHeardNanos < nanos;
    }

    boolean heartbeatDue(long nowNanos) {
        return nextHeartbeatAtNanos == Long.MIN_VALUE || nowNanos - nextHeartbeatAtNanos >= 0;
    }

    NodeMessage.Heartbeat heartbeat(long incarnation, long nowNanos, long everyNanos) {
        nextHeartbeatAtNanos = nowNanos + everyNanos;
        long sequence = nextSequence++;
        sentAtNanos[(int) (sequence % HEARTBEATS_REMEMBERED)] = nowNanos;
        return new NodeMessage.Heartbeat(
                incarnation, sequence, lastAnswerSeen, take(ceded, sequence));
    }

    /** Names up to the bound of groups, and notes when each was named first. */
    private static List<GroupBallot> take(Map<GroupBallot, Long> groups, long sequence) {
        if (groups.isEmpty()) {
            return List.of();
        }
        List<GroupBallot> taken = new ArrayList<>();
        for (Map.Entry<GroupBallot, Long> group : groups.entrySet()) {
            if (taken.size() == GROUPS_PER_MESSAGE_MAX) {
                break;
            }
            if (group.getValue() == 0) {
                group.setValue(sequence);
            }
            taken.add(group.getKey());
        }
        return taken;
    }

    private static void drop(Map<GroupBallot, Long> groups, long upToSequence) {
        Iterator<Long> sequences = groups.values().iterator();
        while (sequences.hasNext()) {
            long sequence = sequences.next();
            if (sequence != 0 && sequence <= upToSequence) {
                sequences.remove();
            }
        }
    }

    void cede(GroupBallot group) {
        ceded.putIfAbsent(group, 0L);
    }

    void withdraw(GroupBallot group) {
        withdrawn.putIfAbsent(group, 0L);
    }

    /**
     * Answers a heartbeat of the peer. Where the answer names all that was withdrawn, the grant to
     * the peer is renewed with it: from now on and until it ends, no group that counts into it may
     * promise anybody else.
     */
    NodeMessage.HeartbeatAnswer answer(
            NodeMessage.Heartbeat heartbeat, long incarnation, long grantUntil) {
        drop(withdrawn, heartbeat.lastAnswerSeen());
        long number = nextAnswerNumber++;
        boolean renews = withdrawn.size() <= GROUPS_PER_MESSAGE_MAX;
        if (renews && (!granted || grantUntil - grantUntilNanos > 0)) {
            granted = true;
            grantUntilNanos = grantUntil;
        }
        return new NodeMessage.HeartbeatAnswer(
                incarnation,
                heartbeat.incarnation(),
                heartbeat.sequence(),
                number,
                renews,
                take(withdrawn, number));
    }

    /**
     * Takes the peer's answer to one of our heartbeats; what it withdraws has been acted on before.
     */
    void takeAnswer(NodeMessage.HeartbeatAnswer answer, long leaderLeaseNanos) {
        long sequence = answer.sequence();
        drop(ceded, sequence);
        lastAnswerSeen = Math.max(lastAnswerSeen, answer.number());
        boolean remembered =
                sequence < nextSequence && sequence >= nextSequence - HEARTBEATS_REMEMBERED;
        if (answer.renews() && remembered) {
            long until = sentAtNanos[(int) (sequence % HEARTBEATS_REMEMBERED)] + leaderLeaseNanos;
            if (!leaseHeld || until - leaseUntilNanos > 0) {
                leaseHeld = true;
                leaseUntilNanos = until;
            }
        }
    }

    boolean leaseHeld(long nowNanos) {
        return leaseHeld && leaseUntilNanos - nowNanos > 0;
    }

    boolean grants(long nowNanos) {
        return granted && grantUntilNanos - nowNanos > 0;
    }
}
