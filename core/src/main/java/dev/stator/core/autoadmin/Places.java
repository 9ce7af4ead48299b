package dev.stator.core.autoadmin;

import dev.stator.core.metadata.Members;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.InitialPartitions;
import dev.stator.model.table.MemberDescriptor;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSettings;
import dev.stator.replication.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives identifiers, partitions and members to a table that has none, and to those of its global
 * secondary indexes that have none. An index has as many partitions as a table of its throughput.
 */
final class Places {
    private final Placement placement;
    private final Counters first;
    private int tables;
    private int groups;

    Places(Placement placement, Counters first) {
        this.placement = placement;
        this.first = first;
    }

    /** The identifiers that are left when these are given. */
    Counters left() {
        return first.after(tables, groups);
    }

    TableId newTableId() {
        return new TableId(first.nextTable() + tables++);
    }

    List<PartitionDescriptor> partitions(TableSettings.Billing billing) {
        List<PartitionDescriptor> partitions = new ArrayList<>();
        for (KeyRange range : InitialPartitions.ranges(billing)) {
            long group = first.nextGroup() + groups++;
            List<MemberDescriptor> members = new ArrayList<>();
            for (Member member : placement.members(group)) {
                members.add(Members.describe(member));
            }
            partitions.add(new PartitionDescriptor(group, range, group, members));
        }
        return partitions;
    }

    /** The table with all its indexes in their places. */
    TableDescriptor withIndexes(TableDescriptor table) {
        List<SecondaryIndex.Global> placed = new ArrayList<>();
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            placed.add(
                    index.placement().equals(SecondaryIndex.Placement.NONE)
                            ? index.withPlacement(place(table, index))
                            : index);
        }
        return table.withSchema(table.schema().withGlobalIndexes(placed));
    }

    private SecondaryIndex.Placement place(TableDescriptor table, SecondaryIndex.Global index) {
        TableSettings.Billing billing = table.settings().billing();
        return new SecondaryIndex.Placement(
                newTableId(),
                partitions(
                        new TableSettings.Billing(
                                billing.mode(),
                                index.throughput(),
                                billing.onDemandSinceMillis())));
    }

    static boolean areMissing(TableDescriptor table) {
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            if (index.placement().equals(SecondaryIndex.Placement.NONE)) {
                return true;
            }
        }
        return false;
    }
}
