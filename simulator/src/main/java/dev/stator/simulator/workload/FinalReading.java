package dev.stator.simulator.workload;

import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import dev.stator.simulator.history.Sighting;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads every item that clients contended for, and then every table, when all is quiet. */
public final class FinalReading {
    private final Workload workload;
    private final Connection connection;
    private final Deque<ItemKey> items = new ArrayDeque<>();
    private final Deque<SimulatedTable> tables = new ArrayDeque<>();
    private boolean done;

    FinalReading(Workload workload) {
        this.workload = workload;
        this.connection = new Connection(workload, workload.cluster().simulation().split(), 0);
        items.addAll(workload.keys().allUsed());
        items.addAll(workload.flooded());
        items.addAll(workload.transacted());
        tables.addAll(workload.tables());
    }

    void start() {
        ItemKey key = items.poll();
        if (key != null) {
            read(key);
            return;
        }
        SimulatedTable table = tables.poll();
        if (table == null) {
            done = true;
            return;
        }
        RangeReading scan = RangeReading.everything(workload, connection, table);
        scan.start(() -> {
            if (scan.complete()) {
                start();
            }
        });
    }

    private void read(ItemKey key) {
        long calledNanos = workload.cluster().simulation().nowNanos();
        connection.send(
                "read",
                ApiCalls.get(key, workload.consistencyAsked()),
                end -> {
                    if (end instanceof Connection.End.Served(GetItemResponse response)) {
                        Sighting seen = workload.sawConsistently(key, response, calledNanos);
                        take(key, seen.image(), calledNanos);
                        start();
                    }
                });
    }

    private void take(ItemKey key, ItemImage image, long calledNanos) {
        ItemOperation read =
                new ItemOperation(
                        workload.newNumber(),
                        new ItemCall.Read(),
                        new ItemOutcome.Seen(image),
                        calledNanos,
                        workload.cluster().simulation().nowNanos());
        if (!workload.flooded().contains(key)) {
            workload.checkers().history().add(key, read);
        }
        if (KeyChoice.isCounter(key)) {
            workload.checkers().acknowledged().finalCount(key, image.count().orElse(0));
        }
    }

    /** Whether everything was read; not so where a read failed. */
    public boolean done() {
        return done;
    }
}
