package dev.stator.core.metadata;

import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.MemberDescriptor;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableIdentity;
import dev.stator.model.table.TableSchema;
import dev.stator.model.table.TableSettings;
import dev.stator.model.table.TableStatus;
import dev.stator.model.table.Throughput;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;

/** A cluster of three nodes in three zones, and tables on it. */
public final class SampleTables {
    public static final String ACCOUNT = "000000000000";
    public static final NodeId NODE_A = new NodeId(0xA, 1);
    public static final NodeId NODE_B = new NodeId(0xB, 2);
    public static final NodeId NODE_C = new NodeId(0xC, 3);
    public static final List<ClusterNode> NODES =
            List.of(
                    new ClusterNode(NODE_A, "a"),
                    new ClusterNode(NODE_B, "b"),
                    new ClusterNode(NODE_C, "c"));
    public static final List<Member> MEMBERS =
            List.of(storage(NODE_A), storage(NODE_B), storage(NODE_C));

    private SampleTables() {}

    private static Member storage(NodeId node) {
        return new Member(node, Member.Role.STORAGE);
    }

    /** A wanted table: no identity, no partitions. Its key is the string "pk". */
    public static TableDescriptor wanted(String name) {
        return new TableDescriptor(
                new TableIdentity(ACCOUNT, name, TableId.NONE, 0),
                TableStatus.CREATING,
                TableSchema.of(KeySchema.of(new KeyAttribute("pk", ScalarType.S))),
                TableSettings.of(TableSettings.Billing.provisioned(5, 5)),
                List.of());
    }

    /** A wanted index by the string of its name. */
    public static SecondaryIndex.Global wantedIndex(String name) {
        return new SecondaryIndex.Global(
                name,
                new IndexKeySchema(List.of(new KeyAttribute(name, ScalarType.S)), List.of()),
                new IndexProjection(ProjectionType.ALL, List.of()),
                SecondaryIndex.State.ACTIVE,
                Throughput.provisioned(5, 5));
    }

    /** An active table; its groups are numbered from a hundred times its identifier on. */
    public static TableDescriptor active(String name, long id, int partitionCount) {
        List<PartitionDescriptor> partitions = new ArrayList<>();
        List<MemberDescriptor> members = MEMBERS.stream().map(Members::describe).toList();
        for (KeyRange range : KeyRange.splitEvenly(partitionCount)) {
            long group = id * 100 + partitions.size();
            partitions.add(new PartitionDescriptor(group, range, group, members));
        }
        return wanted(name)
                .withIdentity(new TableIdentity(ACCOUNT, name, new TableId(id), 1_000))
                .withStatus(TableStatus.ACTIVE)
                .withPartitions(partitions);
    }

    public static TableEntry entry(String name, long id, int partitionCount) {
        return new TableEntry(active(name, id, partitionCount), 1, List.of());
    }

    public static GroupRoute route(long group, NodeId leader, long ballotRound) {
        return new GroupRoute(new GroupId(group), leader, MEMBERS, ballotRound);
    }
}
