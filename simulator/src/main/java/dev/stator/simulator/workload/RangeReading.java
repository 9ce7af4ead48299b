package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.model.Item;
import dev.stator.simulator.check.AcknowledgedWriteChecker;
import dev.stator.simulator.check.Checkers;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import dev.stator.simulator.history.Sighting;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A Query or Scan with all its pages. To the checkers a consistent one is a read of every item
 * there is in its range, those included that it did not see.
 */
final class RangeReading {
    private static final int PAGE_ITEMS_MAX = 60;

    private final Workload workload;
    private final Connection connection;
    private final SimulatedTable table;

    /** Empty for a scan of the whole table. */
    private final String partition;

    private final boolean forward;
    private final boolean consistent;
    private final int pageItems;
    private final SequencedMap<ItemKey, Sighting> seen = new TreeMap<>();
    private final long calledNanos;
    private boolean complete;
    private Runnable then = () -> {};

    private RangeReading(
            Workload workload,
            Connection connection,
            SimulatedTable table,
            String partition,
            SplittableRandom random) {
        this.workload = workload;
        this.connection = connection;
        this.table = table;
        this.partition = partition;
        this.forward = random.nextBoolean();
        this.consistent = random.nextInt(4) != 0;
        this.pageItems = 1 + random.nextInt(PAGE_ITEMS_MAX);
        this.calledNanos = workload.cluster().simulation().nowNanos();
    }

    private RangeReading(Workload workload, Connection connection, SimulatedTable table) {
        this.workload = workload;
        this.connection = connection;
        this.table = table;
        this.partition = "";
        this.forward = true;
        this.consistent = true;
        this.pageItems = PAGE_ITEMS_MAX;
        this.calledNanos = workload.cluster().simulation().nowNanos();
    }

    static RangeReading query(
            Workload workload,
            Connection connection,
            SimulatedTable table,
            SplittableRandom random) {
        return new RangeReading(workload, connection, table, workload.keys().collection(), random);
    }

    static RangeReading scan(
            Workload workload,
            Connection connection,
            SimulatedTable table,
            SplittableRandom random) {
        return new RangeReading(workload, connection, table, "", random);
    }

    /** A consistent scan of the whole table. */
    static RangeReading everything(Workload workload, Connection connection, SimulatedTable table) {
        return new RangeReading(workload, connection, table);
    }

    /** Reads page after page, until the last one or until one fails. */
    void start(Runnable whenDone) {
        then = whenDone;
        readPage(Optional.empty());
    }

    boolean complete() {
        return complete;
    }

    private void readPage(Optional<Item> startKey) {
        boolean asked = consistent && workload.consistencyAsked();
        ApiCalls.Paging paging = new ApiCalls.Paging(asked, pageItems, startKey);
        ApiRequest request =
                partition.isEmpty()
                        ? ApiCalls.scan(table, paging)
                        : ApiCalls.query(table, partition, forward, paging);
        connection.send(
                partition.isEmpty() ? "scan" : "query",
                request,
                end -> {
                    if (end instanceof Connection.End.Served(ApiResponse response)) {
                        take(response);
                    } else {
                        then.run();
                    }
                });
    }

    private void take(ApiResponse response) {
        Optional<List<Item>> items;
        Optional<Item> last;
        switch (response) {
            case QueryResponse page -> {
                items = page.items();
                last = page.lastEvaluatedKey();
            }
            case ScanResponse page -> {
                items = page.items();
                last = page.lastEvaluatedKey();
            }
            default -> throw new IllegalArgumentException("not to a range read: " + response);
        }
        for (Item item : items.orElse(List.of())) {
            ItemKey key = ItemForm.key(table.name(), item);
            workload.checkers().origin().seen(key, item);
            Sighting before = seen.put(key, Sighting.of(item));
            if (before != null) {
                workload.checkers().unexpectedAnswer("a range read", key + " twice");
            }
            if (!partition.isEmpty() && !key.partition().equals(partition)) {
                workload.checkers().unexpectedAnswer("a query of " + partition, key.toString());
            }
        }
        if (last.isPresent()) {
            workload.cluster().simulation().happened(RareEvent.PAGE_CONTINUED);
            readPage(last);
        } else {
            complete = true;
            check();
            then.run();
        }
    }

    private void check() {
        if (!consistent) {
            seen.forEach((key, sighting) ->
                    workload.checkers()
                            .eventual()
                            .read(key, table.storeKey(key), sighting, calledNanos));
            return;
        }
        Checkers checkers = workload.checkers();
        long now = workload.cluster().simulation().nowNanos();
        List<ItemKey> contended = workload.keys().used(table, partition);
        for (ItemKey key : contended) {
            Sighting sighting = seen.getOrDefault(key, Sighting.ABSENT);
            workload.sawConsistently(key, sighting, calledNanos);
            checkers.history()
                    .add(
                            key,
                            new ItemOperation(
                                    workload.newNumber(),
                                    new ItemCall.Read(),
                                    new ItemOutcome.Seen(sighting.image()),
                                    calledNanos,
                                    now));
        }
        seen.forEach((key, sighting) -> {
            if (!contended.contains(key)) {
                workload.sawConsistently(key, sighting, calledNanos);
                checkers.acknowledged().seen(key, sighting.image(), calledNanos, now);
            }
        });
        checkers.acknowledged()
                .seenOnly(
                        new AcknowledgedWriteChecker.SeenItems(
                                table.name(),
                                partition.isEmpty() ? Optional.empty() : Optional.of(partition),
                                seen.sequencedKeySet()),
                        calledNanos);
    }
}
