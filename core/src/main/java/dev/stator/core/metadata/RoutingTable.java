package dev.stator.core.metadata;

import dev.stator.core.metadata.PerkleTree.Entry;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.core.wire.MetadataMessage.TableSlice;
import dev.stator.model.Bytes;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables by name and by identifier, and their partitions by first key: what a MemDS node knows, in
 * three trees. A group is known as long as its table is.
 */
final class RoutingTable {
    private PerkleTree<TableEntry> byName = PerkleTree.empty(RoutingTable::content);
    private PerkleTree<TableEntry> byId = PerkleTree.empty(RoutingTable::content);
    private PerkleTree<PartitionRoute> partitions = PerkleTree.empty(RoutingTable::content);

    /** Where in the tree of partitions a group stands. Never iterated. */
    private final Map<GroupId, Bytes> partitionKeys = new HashMap<>();

    int size() {
        return byId.size();
    }

    Optional<TableEntry> find(String accountId, String tableName) {
        return Optional.ofNullable(byName.get(nameKey(accountId, tableName)));
    }

    Optional<PartitionRoute> find(TableId table, Spot spot) {
        Entry<PartitionRoute> found =
                switch (spot) {
                    case Spot.At(PlacementKey key) -> partitions.floor(partitionKey(table, key));
                    case Spot.Below(Optional<PlacementKey> key) ->
                            partitions.lower(
                                    key.isPresent()
                                            ? partitionKey(table, key.get())
                                            : idKey(new TableId(table.value() + 1)));
                };
        if (found == null || !found.key().startsWith(idKey(table))) {
            return Optional.empty();
        }
        return Optional.of(found.value());
    }

    void put(TableEntry table) {
        TableDescriptor descriptor = table.table();
        Bytes idKey = idKey(descriptor.id());
        TableEntry before = byId.get(idKey);
        byId = byId.with(idKey, table);
        byName = byName.with(nameKey(descriptor), table);
        if (before == null || !before.table().allPartitions().equals(descriptor.allPartitions())) {
            putPartitions(descriptor, removePartitions(before));
        }
        table.routes().forEach(this::put);
    }

    private void putPartitions(TableDescriptor table, Map<GroupId, PartitionRoute> known) {
        putPartitions(table.id(), table.partitions(), known);
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            putPartitions(index.placement().id(), index.placement().partitions(), known);
        }
    }

    /**
     * @param id of the table, or of an index, which is routed to in the same way
     */
    private void putPartitions(
            TableId id, List<PartitionDescriptor> added, Map<GroupId, PartitionRoute> known) {
        for (PartitionDescriptor partition : added) {
            GroupId group = new GroupId(partition.groupId());
            Bytes key = partitionKey(id, partition.range().from());
            PartitionRoute route = known.get(group);
            if (route == null || !route.range().equals(partition.range())) {
                route = firstRoute(partition);
            }
            partitions = partitions.with(key, route);
            partitionKeys.put(group, key);
        }
    }

    private Map<GroupId, PartitionRoute> removePartitions(@Nullable TableEntry table) {
        Map<GroupId, PartitionRoute> removed = new HashMap<>();
        if (table != null) {
            for (PartitionDescriptor partition : table.table().allPartitions()) {
                GroupId group = new GroupId(partition.groupId());
                Bytes key = partitionKeys.remove(group);
                PartitionRoute route = key == null ? null : partitions.get(key);
                if (key != null && route != null) {
                    removed.put(group, route);
                    partitions = partitions.without(key);
                }
            }
        }
        return removed;
    }

    private static PartitionRoute firstRoute(PartitionDescriptor partition) {
        return new PartitionRoute(
                new GroupId(partition.groupId()),
                partition.range(),
                Members.of(partition),
                Optional.empty(),
                0);
    }

    void remove(TableId table) {
        Bytes idKey = idKey(table);
        TableEntry entry = byId.get(idKey);
        if (entry == null) {
            return;
        }
        removePartitions(entry);
        byId = byId.without(idKey);
        Bytes nameKey = nameKey(entry.table());
        TableEntry named = byName.get(nameKey);
        if (named != null && named.table().id().equals(table)) {
            byName = byName.without(nameKey);
        }
    }

    /** Takes over a slice, and drops every other table that is in its range. */
    void replace(TableSlice slice) {
        List<TableId> gone = new ArrayList<>();
        for (Entry<TableEntry> entry : byId.greaterThan(idKey(slice.after()))) {
            TableId id = entry.value().table().id();
            if (id.compareTo(slice.upTo()) > 0) {
                break;
            }
            gone.add(id);
        }
        for (TableEntry table : slice.tables()) {
            gone.remove(table.table().id());
        }
        gone.forEach(this::remove);
        slice.tables().forEach(this::put);
    }

    /** Takes over what a leader says of its group, unless a later leader has spoken. */
    void put(GroupRoute route) {
        Bytes key = partitionKeys.get(route.group());
        PartitionRoute known = key == null ? null : partitions.get(key);
        if (key == null || known == null || route.ballotRound() < known.ballotRound()) {
            return;
        }
        PartitionRoute reported =
                new PartitionRoute(
                        route.group(),
                        known.range(),
                        route.members(),
                        Optional.of(route.leader()),
                        route.ballotRound());
        if (!reported.equals(known)) {
            partitions = partitions.with(key, reported);
        }
    }

    Bytes digest() {
        BinaryWriter writer = new BinaryWriter();
        writer.writeRaw(byName.digest().unsafeArray());
        writer.writeRaw(byId.digest().unsafeArray());
        writer.writeRaw(partitions.digest().unsafeArray());
        return writer.toBytes();
    }

    private static Bytes idKey(TableId table) {
        BinaryWriter writer = new BinaryWriter(Long.BYTES);
        writer.writeFixed64(table.value());
        return writer.toBytes();
    }

    private static Bytes partitionKey(TableId table, PlacementKey key) {
        BinaryWriter writer = new BinaryWriter(Long.BYTES + key.bytes().size());
        writer.writeFixed64(table.value());
        writer.writeRaw(key.bytes().unsafeArray());
        return writer.toBytes();
    }

    private static Bytes nameKey(TableDescriptor table) {
        return nameKey(table.accountId(), table.name());
    }

    private static Bytes nameKey(String accountId, String tableName) {
        BinaryWriter writer = new BinaryWriter(64);
        writer.writeString(accountId);
        writer.writeString(tableName);
        return writer.toBytes();
    }

    private static Bytes content(TableEntry table) {
        BinaryWriter writer = new BinaryWriter(2 * Long.BYTES);
        writer.writeFixed64(table.table().id().value());
        writer.writeFixed64(table.version());
        return writer.toBytes();
    }

    private static Bytes content(PartitionRoute route) {
        BinaryWriter writer = new BinaryWriter();
        writer.writeFixed64(route.group().value());
        writer.writeFixed64(route.ballotRound());
        writeRange(writer, route.range());
        writer.writeBoolean(route.leader().isPresent());
        route.leader().ifPresent(leader -> writeNode(writer, leader));
        for (Member member : route.members()) {
            writeNode(writer, member.node());
            writer.writeBoolean(member.role() == Member.Role.STORAGE);
        }
        return writer.toBytes();
    }

    private static void writeRange(BinaryWriter writer, KeyRange range) {
        PlacementKey to = range.to();
        writer.writeBytes(range.from().bytes());
        writer.writeBoolean(to != null);
        if (to != null) {
            writer.writeBytes(to.bytes());
        }
    }

    private static void writeNode(BinaryWriter writer, NodeId node) {
        writer.writeFixed64(node.high());
        writer.writeFixed64(node.low());
    }
}
