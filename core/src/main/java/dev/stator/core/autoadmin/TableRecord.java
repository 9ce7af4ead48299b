package dev.stator.core.autoadmin;

import dev.stator.core.metadata.Members;
import dev.stator.model.Item;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What auto-admin keeps of a table.
 *
 * @param version rises with every change
 * @param unhosted replicas that were not known to exist when the table became active; their nodes
 *     are asked on. A replica that is not named here exists or existed, and is never asked for
 *     again: an acceptor made anew could forget what it voted for
 * @param onDemandSwitches when the table was switched to on-demand, milliseconds since 1970; of the
 *     last day at most
 * @param unknown attributes of the item that a newer version wrote, which are kept
 */
record TableRecord(
        TableDescriptor table,
        long version,
        List<GroupReplica> unhosted,
        List<Long> onDemandSwitches,
        Item unknown) {
    TableRecord {
        unhosted = List.copyOf(unhosted);
        onDemandSwitches = List.copyOf(onDemandSwitches);
    }

    static TableRecord created(TableDescriptor table) {
        return new TableRecord(table, 1, List.of(), List.of(), Item.EMPTY);
    }

    TableId id() {
        return table.id();
    }

    TableStatus status() {
        return table.status();
    }

    TableRecord changed(TableDescriptor newTable) {
        return new TableRecord(newTable, version + 1, unhosted, onDemandSwitches, unknown);
    }

    TableRecord changed(TableDescriptor newTable, List<Long> newOnDemandSwitches) {
        return new TableRecord(newTable, version + 1, unhosted, newOnDemandSwitches, unknown);
    }

    TableRecord hosted(TableDescriptor newTable, List<GroupReplica> newUnhosted) {
        return new TableRecord(newTable, version + 1, newUnhosted, onDemandSwitches, unknown);
    }

    TableRecord withUnknown(Item attributes) {
        return new TableRecord(table, version, unhosted, onDemandSwitches, attributes);
    }

    /** Every replica that the table has, or is to have. */
    SortedSet<GroupReplica> replicas() {
        SortedSet<GroupReplica> replicas = new TreeSet<>();
        for (PartitionDescriptor partition : table.allPartitions()) {
            for (Member member : Members.of(partition)) {
                replicas.add(new GroupReplica(new GroupId(partition.groupId()), member.node()));
            }
        }
        return replicas;
    }
}
