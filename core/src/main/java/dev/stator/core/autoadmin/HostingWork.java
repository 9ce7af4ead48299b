package dev.stator.core.autoadmin;

import dev.stator.core.metadata.Members;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Message.HostReplica;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Brings the replicas of a table into being.
 *
 * <pre>
 * HOSTING   nodes are asked to host their replicas. Enough: all, or after a while a quorum of each
 *           group; and every group has a leader
 * TELLING   MemDS is told of the table. Enough: all nodes know it, or after a while
 * ACTING    the table is made ACTIVE; then
 * REST      the nodes that did not host their replicas are asked for ever, and the table's record
 *           follows
 * </pre>
 *
 * A table that is active already begins with the rest.
 */
final class HostingWork implements Work {
    static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long ASK_REST_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long creation waits for the last replicas of groups that have a quorum. */
    static final long WAIT_FOR_ALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum Phase {
        HOSTING,
        TELLING,
        ACTING,
        REST
    }

    private final Tenure tenure;
    private final TableId table;
    private final SortedMap<GroupId, ReplicaDescriptor> groups = new TreeMap<>();
    private final SortedSet<GroupReplica> missing;
    private final long beganNanos;
    private Phase phase;
    private long askAtNanos;
    private long toldAtNanos;
    private boolean committing;

    HostingWork(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.table = record.id();
        this.beganNanos = tenure.nowNanos();
        this.askAtNanos = beganNanos;
        for (PartitionDescriptor partition : record.table().partitions()) {
            GroupId group = new GroupId(partition.groupId());
            groups.put(
                    group,
                    new ReplicaDescriptor(
                            group, table.value(), partition.range(), Members.of(partition)));
        }
        boolean creating = record.status() == TableStatus.CREATING;
        this.phase = creating ? Phase.HOSTING : Phase.REST;
        this.missing = new TreeSet<>(creating ? record.replicas() : record.unhosted());
    }

    @Override
    public void hosted(GroupReplica replica) {
        missing.remove(replica);
    }

    @Override
    public void advance() {
        askAgain();
        if (phase == Phase.HOSTING && hostedEnough() && allLed()) {
            phase = Phase.TELLING;
            toldAtNanos = tenure.nowNanos();
            tenure.ledger().find(table).ifPresent(tenure.feed()::publish);
        }
        if (phase == Phase.TELLING && tenure.isTold(table, toldAtNanos)) {
            phase = Phase.ACTING;
        }
        if (phase == Phase.ACTING && !committing) {
            committing = true;
            tenure.change(table, this::activated, this::nowActive);
        }
        if (phase == Phase.REST && !committing) {
            noteRest();
        }
    }

    private void askAgain() {
        if (askAtNanos - tenure.nowNanos() > 0) {
            return;
        }
        askAtNanos =
                tenure.nowNanos() + (phase == Phase.REST ? ASK_REST_AGAIN_NANOS : ASK_AGAIN_NANOS);
        for (GroupReplica replica : missing) {
            ReplicaDescriptor descriptor = groups.get(replica.group());
            if (descriptor != null) {
                tenure.send(
                        Address.storage(replica.node()),
                        new HostReplica(tenure.newCallId(), descriptor));
            }
        }
    }

    private boolean hostedEnough() {
        if (missing.isEmpty()) {
            return true;
        }
        if (beganNanos + WAIT_FOR_ALL_NANOS - tenure.nowNanos() > 0) {
            return false;
        }
        for (ReplicaDescriptor group : groups.values()) {
            int hosted = 0;
            for (Member member : group.members()) {
                if (!missing.contains(new GroupReplica(group.group(), member.node()))) {
                    hosted++;
                }
            }
            if (hosted * 2 <= group.members().size()) {
                return false;
            }
        }
        return true;
    }

    private boolean allLed() {
        for (GroupId group : groups.keySet()) {
            if (tenure.routes().find(group).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Optional<TableRecord> activated(TableRecord record) {
        if (record.status() != TableStatus.CREATING) {
            return Optional.empty();
        }
        TableDescriptor active = record.table().withStatus(TableStatus.ACTIVE);
        return Optional.of(record.hosted(active, List.copyOf(missing)));
    }

    private void nowActive() {
        phase = Phase.REST;
        committing = false;
    }

    private void noteRest() {
        Optional<TableRecord> record = tenure.ledger().find(table);
        if (record.isPresent() && !record.get().unhosted().equals(List.copyOf(missing))) {
            committing = true;
            tenure.change(
                    table,
                    current -> Optional.of(current.hosted(current.table(), List.copyOf(missing))),
                    () -> committing = false);
        } else if (missing.isEmpty()) {
            tenure.hostingEnded(table);
        }
    }
}
