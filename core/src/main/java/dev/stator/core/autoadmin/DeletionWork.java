package dev.stator.core.autoadmin;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Message.DropReplica;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Removes a table that is DELETING.
 *
 * <pre>
 * TELLING   MemDS is told that the table takes no requests. Enough: all nodes know it, or after a
 *           while
 * DROPPING  nodes are asked to drop their replicas. Enough: all have; or, after a while, so many
 *           of each group that the rest is no quorum
 * REMOVING  the table's item is removed
 * </pre>
 *
 * A node that was away the whole time reports its replicas when it is back, and is asked again.
 */
final class DeletionWork implements Work {
    static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long a node that does not answer holds up the removal. */
    static final long WAIT_FOR_ALL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private enum Phase {
        TELLING,
        DROPPING,
        REMOVING
    }

    private final Tenure tenure;
    private final TableId table;
    private final SortedSet<GroupReplica> remaining;
    private final SortedMap<GroupId, Integer> sizes = new TreeMap<>();
    private final long beganNanos;
    private Phase phase = Phase.TELLING;
    private long askAtNanos;

    DeletionWork(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.table = record.id();
        this.beganNanos = tenure.nowNanos();
        this.askAtNanos = beganNanos;
        this.remaining = new TreeSet<>(record.replicas());
        for (GroupReplica replica : remaining) {
            sizes.merge(replica.group(), 1, Integer::sum);
        }
    }

    @Override
    public void dropped(GroupReplica replica) {
        if (phase != Phase.TELLING) {
            remaining.remove(replica);
        }
    }

    @Override
    public void advance() {
        if (phase == Phase.TELLING && tenure.isTold(table, beganNanos)) {
            phase = Phase.DROPPING;
        }
        if (phase != Phase.DROPPING) {
            return;
        }
        askAgain();
        if (droppedEnough()) {
            phase = Phase.REMOVING;
            tenure.remove(table);
        }
    }

    private void askAgain() {
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

    private boolean droppedEnough() {
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
