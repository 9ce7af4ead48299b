package dev.stator.core.autoadmin;

import dev.stator.core.metadata.Members;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Message.HostReplica;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Asks nodes to host replicas until they do. */
final class ReplicaHosting {
    static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long ASK_REST_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long to wait for the last replicas of groups that have a quorum. */
    static final long WAIT_FOR_ALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tenure tenure;
    private final SortedMap<GroupId, ReplicaDescriptor> groups = new TreeMap<>();
    private final SortedSet<GroupReplica> missing = new TreeSet<>();
    private final long beganNanos;
    private long askAtNanos;

    ReplicaHosting(Tenure tenure) {
        this.tenure = tenure;
        this.beganNanos = tenure.nowNanos();
        this.askAtNanos = beganNanos;
    }

    /** Adds the partitions of a table; all replicas are missing as far as is known. */
    void addTable(TableDescriptor table) {
        add(table.id(), table.partitions(), table.schema().local());
    }

    /** The same for a global secondary index. */
    void addIndex(SecondaryIndex.Placement index) {
        add(index.id(), index.partitions(), Optional.empty());
    }

    private void add(
            TableId id, List<PartitionDescriptor> partitions, Optional<TableSchema> localSchema) {
        for (PartitionDescriptor partition : partitions) {
            GroupId group = new GroupId(partition.groupId());
            List<Member> members = Members.of(partition);
            groups.put(
                    group,
                    new ReplicaDescriptor(
                            group, id.value(), partition.range(), members, localSchema));
            for (Member member : members) {
                missing.add(new GroupReplica(group, member.node()));
            }
        }
    }

    /** Only these are missing. */
    void onlyMissing(List<GroupReplica> replicas) {
        missing.clear();
        missing.addAll(replicas);
    }

    Set<GroupId> groups() {
        return groups.keySet();
    }

    List<GroupReplica> missing() {
        return new ArrayList<>(missing);
    }

    void hosted(GroupReplica replica) {
        missing.remove(replica);
    }

    void ask(boolean urgent) {
        if (askAtNanos - tenure.nowNanos() > 0) {
            return;
        }
        askAtNanos = tenure.nowNanos() + (urgent ? ASK_AGAIN_NANOS : ASK_REST_AGAIN_NANOS);
        for (GroupReplica replica : missing) {
            ReplicaDescriptor descriptor = groups.get(replica.group());
            if (descriptor != null) {
                tenure.send(
                        Address.storage(replica.node()),
                        new HostReplica(tenure.newCallId(), descriptor));
            }
        }
    }

    /** All replicas are there, or after a while a quorum of each group; and all have leaders. */
    boolean isEnough() {
        return areEnoughHosted() && areAllLed();
    }

    private boolean areEnoughHosted() {
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

    private boolean areAllLed() {
        for (GroupId group : groups.keySet()) {
            if (tenure.routes().find(group).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
