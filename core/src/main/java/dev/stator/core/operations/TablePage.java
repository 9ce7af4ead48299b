package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.RangeOutcome;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Fetched;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one page of a range of a table or of an index, partition after partition, until a bound of
 * the page is reached or the range has been read. A page that a bound ended has a last key, even if
 * nothing follows it.
 */
final class TablePage {
    /** What a page evaluates at most, before the filter (API reference, Query). */
    static final int MAX_BYTES = 1_024 * 1_024;

    private final OperationContext context;
    private final TableDescriptor table;
    private final TableId read;
    private final PartitionRequest.Range whole;
    private final Consumer<ReadPage> then;

    private final List<Item> items = new ArrayList<>();
    private int count;
    private int evaluatedCount;
    private long evaluatedBytes;
    private Fetched fetched = Fetched.NONE;

    private TablePage(
            OperationContext context,
            TableDescriptor table,
            TableId read,
            PartitionRequest.Range whole,
            Consumer<ReadPage> then) {
        this.context = context;
        this.table = table;
        this.read = read;
        this.whole = whole;
        this.then = then;
    }

    /**
     * Reads a page; errors end the operation.
     *
     * @param read the table's identity, or that of its global index which is read
     */
    static void read(
            OperationContext context,
            TableDescriptor table,
            TableId read,
            PartitionRequest.Range range,
            Consumer<ReadPage> then) {
        TablePage page = new TablePage(context, table, read, range, then);
        if (range.range().isEmpty()) {
            page.finish(Optional.empty());
        } else {
            page.read(range.range());
        }
    }

    private void read(KeyRange rest) {
        PageBounds left =
                new PageBounds(
                        whole.bounds().maxItems() - evaluatedCount,
                        (int)
                                (whole.bounds().maxBytes()
                                        - Math.max(evaluatedBytes, fetched.bytes())));
        context.callRange(
                table,
                read,
                whole.of(rest, left),
                outcome -> {
                    switch (outcome) {
                        case RangeOutcome.Served(
                                        PartitionResponse.Page page,
                                        Optional<PlacementKey> continueAt) ->
                                add(rest, page, continueAt);
                        case RangeOutcome.Failed(ApiError error) -> context.fail(error);
                    }
                });
    }

    private void add(
            KeyRange range, PartitionResponse.Page page, Optional<PlacementKey> continueAt) {
        items.addAll(page.items());
        count += page.count();
        evaluatedCount += page.evaluatedCount();
        evaluatedBytes += page.evaluatedBytes();
        fetched = fetched.plus(page.fetched());
        if (page.lastKey().isPresent() || continueAt.isEmpty()) {
            finish(page.lastKey());
            return;
        }
        PlacementKey bound = continueAt.get();
        read(whole.forward() ? new KeyRange(bound, range.to()) : new KeyRange(range.from(), bound));
    }

    private void finish(Optional<Item> lastKey) {
        then.accept(new ReadPage(items, count, evaluatedCount, evaluatedBytes, fetched, lastKey));
    }
}
