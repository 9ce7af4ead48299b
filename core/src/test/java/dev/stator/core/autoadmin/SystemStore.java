package dev.stator.core.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of the system group as all its replicas agree on them, and checks of what auto-admins
 * make of them.
 */
final class SystemStore {
    /** Items of a page, so that a few tables take several pages. */
    private static final int PAGE_ITEMS = 3;

    private final TreeMap<PlacementKey, Item> items = new TreeMap<>();
    private final TreeSet<TableId> everCreated = new TreeSet<>();
    private final TreeSet<GroupId> everGiven = new TreeSet<>();

    /** Called when a table is made active. */
    Consumer<TableRecord> whenActivated = record -> {};

    List<TableRecord> tables() {
        List<TableRecord> records = new ArrayList<>();
        items.forEach((key, item) -> {
            if (!key.equals(SystemItems.COUNTERS_KEY)) {
                records.add(SystemItems.decodeTable(item));
            }
        });
        return records;
    }

    Optional<TableRecord> table(String account, String name) {
        Item item = items.get(SystemItems.tableKey(SystemItems.sortKey(account, name)));
        return Optional.ofNullable(item).map(SystemItems::decodeTable);
    }

    Optional<TableRecord> tableOf(GroupId group) {
        return tables().stream()
                .filter(record ->
                        record.table().allPartitions().stream()
                                .anyMatch(part -> part.groupId() == group.value()))
                .findFirst();
    }

    boolean wasGiven(GroupId group) {
        return everGiven.contains(group);
    }

    /** Serves a request as the leader's partition does; a write only if it is to be applied. */
    PartitionResponse serve(PartitionRequest request, boolean apply) {
        return switch (request) {
            case PartitionRequest.Get get -> {
                assertThat(get.consistent()).isTrue();
                yield new PartitionResponse.Got(Optional.ofNullable(items.get(get.key())), 1);
            }
            case PartitionRequest.Range range -> page(range);
            case PartitionRequest.Write write -> write(write, apply);
            case PartitionRequest.Prepare _,
                    PartitionRequest.Finish _,
                    PartitionRequest.ReadVersion _ ->
                    throw new AssertionError("of the system group: " + request);
        };
    }

    private PartitionResponse page(PartitionRequest.Range range) {
        assertThat(range.consistent()).isTrue();
        assertThat(range.forward()).isTrue();
        List<Item> read = new ArrayList<>();
        int bound = Math.min(PAGE_ITEMS, range.bounds().maxItems());
        for (var entry : items.tailMap(range.range().from()).entrySet()) {
            if (!range.range().contains(entry.getKey())) {
                break;
            }
            Item item = entry.getValue();
            read.add(range.projection().map(projection -> projection.apply(item)).orElse(item));
            if (read.size() == bound) {
                return new PartitionResponse.Page(
                        read, read.size(), read.size(), 1, Optional.of(entry.getValue()));
            }
        }
        return new PartitionResponse.Page(read, read.size(), read.size(), 1, Optional.empty());
    }

    private PartitionResponse write(PartitionRequest.Write write, boolean apply) {
        Item before = items.get(write.key());
        assertThat(write.condition()).as("every write is conditional").isPresent();
        if (!write.condition().get().matches(before)) {
            return new PartitionResponse.ConditionFailed(Optional.empty(), 1);
        }
        if (apply) {
            switch (write.change()) {
                case Change.Put(Item item) -> put(write.key(), before, item);
                case Change.Delete() -> items.remove(write.key());
                case Change.Update _ -> throw new AssertionError("not expected: " + write);
            }
        }
        return new PartitionResponse.Written(Optional.empty(), Optional.empty(), 1, 1);
    }

    private void put(PlacementKey key, @Nullable Item before, Item item) {
        items.put(key, item);
        if (key.equals(SystemItems.COUNTERS_KEY)) {
            return;
        }
        TableRecord record = SystemItems.decodeTable(item);
        if (before == null) {
            assertThat(everCreated.add(record.id())).as("created twice: %s", record).isTrue();
            for (PartitionDescriptor partition : record.table().allPartitions()) {
                GroupId group = new GroupId(partition.groupId());
                assertThat(everGiven.add(group)).as("given twice: %s", group).isTrue();
            }
        } else {
            TableRecord old = SystemItems.decodeTable(before);
            assertThat(record.id()).isEqualTo(old.id());
            for (PartitionDescriptor partition : record.table().allPartitions()) {
                if (!old.table().allPartitions().contains(partition)) {
                    GroupId group = new GroupId(partition.groupId());
                    assertThat(everGiven.add(group)).as("given twice: %s", group).isTrue();
                }
            }
            if (old.status() == TableStatus.CREATING && record.status() == TableStatus.ACTIVE) {
                whenActivated.accept(record);
            }
        }
    }
}
