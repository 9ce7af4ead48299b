package dev.stator.core.autoadmin;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Message.DropReplica;
import dev.stator.replication.GroupId;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Asks nodes to drop replicas until they have. A node that was away the whole time reports its
 * replicas when it is back, and is asked again.
 */
final class ReplicaDropping {
    static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long a node that does not answer is waited for. */
    static final long WAIT_FOR_ALL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Tenure tenure;
    private final SortedSet<GroupReplica> remaining;
    private final SortedMap<GroupId, Integer> sizes = new TreeMap<>();
    private final long beganNanos;
    private long askAtNanos;

    ReplicaDropping(Tenure tenure, Collection<GroupReplica> replicas) {
        this.tenure = tenure;
        this.beganNanos = tenure.nowNanos();
        this.askAtNanos = beganNanos;
        this.remaining = new TreeSet<>(replicas);
        for (GroupReplica replica : remaining) {
            sizes.merge(replica.group(), 1, Integer::sum);
        }
    }

    void dropped(GroupReplica replica) {
        remaining.remove(replica);
    }

    void ask() {
        if (askAtNanos - tenure.nowNanos() > 0) {
            return;
        }
        askAtNanos = tenure.nowNanos() + ASK_AGAIN_NANOS;
        for (GroupReplica replica : remaining) {
            tenure.send(
                    Address.storage(replica.node()),
                    new DropReplica(tenure.newCallId(), replica.group()));
        }
    }

    /** All are gone; or, after a while, so many of each group that the rest is no quorum. */
    boolean isEnough() {
        if (remaining.isEmpty()) {
            return true;
        }
        if (beganNanos + WAIT_FOR_ALL_NANOS - tenure.nowNanos() > 0) {
            return false;
        }
        SortedMap<GroupId, Integer> left = new TreeMap<>();
        for (GroupReplica replica : remaining) {
            left.merge(replica.group(), 1, Integer::sum);
        }
        for (var group : left.entrySet()) {
            int all = sizes.getOrDefault(group.getKey(), 0);
            if (group.getValue() * 2 > all) {
                return false;
            }
        }
        return true;
    }
}
