package dev.stator.core.autoadmin;

import dev.stator.core.wire.AdminMessage.AdminRequest.DescribeTable;
import dev.stator.core.wire.AdminMessage.AdminRequest.ListTables;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers what only reads, from the system group and not from what auto-admin remembers: the group
 * reads under its lease, so the answer is never older than the question.
 */
final class TableReader {
    private static final int PAGE_BYTES = 1 << 20;

    private final SystemPartition partition;
    private final Descriptions descriptions;

    TableReader(SystemPartition partition, Descriptions descriptions) {
        this.partition = partition;
        this.descriptions = descriptions;
    }

    void describe(DescribeTable request, Consumer<AdminResponse> reply) {
        String sortKey = SystemItems.sortKey(request.accountId(), request.tableName());
        PartitionRequest.Get get =
                new PartitionRequest.Get(SystemItems.tableKey(sortKey), true, Optional.empty());
        partition.call(
                get,
                response -> {
                    if (response instanceof PartitionResponse.Got(Optional<Item> item, int _)) {
                        reply.accept(description(request, item));
                    } else {
                        reply.accept(NOTHING_DONE);
                    }
                });
    }

    private static final AdminResponse NOTHING_DONE = new AdminResponse.NotLeader(Optional.empty());

    private AdminResponse description(DescribeTable request, Optional<Item> item) {
        return item.isPresent()
                ? descriptions.of(SystemItems.decodeTable(item.get()).table())
                : new AdminResponse.Failed(AdminErrors.notFound(request.tableName()));
    }

    void list(ListTables request, Consumer<AdminResponse> reply) {
        Optional<KeyRange> range = SystemItems.tablesOf(request.accountId(), request.startAfter());
        if (range.isEmpty()) {
            reply.accept(new AdminResponse.TableNames(List.of(), false));
        } else {
            list(range.get(), request.limit(), new ArrayList<>(), reply);
        }
    }

    /** Reads one name more than is wanted, to know whether there are more. */
    private void list(
            KeyRange range, int limit, List<String> names, Consumer<AdminResponse> reply) {
        PartitionRequest.Range page =
                new PartitionRequest.Range(
                        range,
                        true,
                        true,
                        Optional.empty(),
                        Optional.of(SystemItems.TABLE_NAMES),
                        new PartitionRequest.PageBounds(limit + 1 - names.size(), PAGE_BYTES),
                        false,
                        SystemItems.KEY_NAMES);
        partition.call(
                page,
                response -> {
                    if (!(response instanceof PartitionResponse.Page read)) {
                        reply.accept(NOTHING_DONE);
                        return;
                    }
                    for (Item item : read.items()) {
                        names.add(SystemItems.tableName(item));
                    }
                    Optional<Item> last = read.lastKey();
                    if (last.isPresent() && names.size() <= limit) {
                        PlacementKey key = SystemItems.tableKey(SystemItems.sortKey(last.get()));
                        list(new KeyRange(key.next(), range.to()), limit, names, reply);
                    } else {
                        boolean more = names.size() > limit;
                        reply.accept(
                                new AdminResponse.TableNames(
                                        List.copyOf(more ? names.subList(0, limit) : names), more));
                    }
                });
    }
}
