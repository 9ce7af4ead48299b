package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.DeleteTableRequest;
import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.DescribeTableResponse;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.TableStatus;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A client that creates a table, writes a few items and reads them, deletes the table, and begins
 * again under the same name. What it was told is written must be there as long as the table is, and
 * nothing of an earlier table may ever be seen in a later one.
 *
 * <pre>
 * CREATING ──ACTIVE──► WRITING ──all written──► SCANNING ──► DELETING ──not found──► CREATING
 * </pre>
 */
final class TableClient {
    private static final String TABLE = "temporary";
    private static final long MILLIS = 1_000_000;
    private static final int ITEMS_MAX = 8;
    private static final int PAGE_ITEMS = 100;

    private final Workload workload;
    private final SplittableRandom random;
    private final Connection connection;
    private final Set<Long> tokens = new HashSet<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private int toWrite;
    private boolean busy;
    private long tablesUsed;

    TableClient(Workload workload) {
        this.workload = workload;
        this.random = workload.cluster().simulation().split();
        this.connection = new Connection(workload, random, 0, true);
    }

    boolean isBusy() {
        return busy;
    }

    long tablesUsed() {
        return tablesUsed;
    }

    void start() {
        later(1_000, this::create);
    }

    /** Does the next thing after a while, unless the workload ends. */
    private void later(int millisMax, Runnable next) {
        busy = false;
        workload.cluster()
                .simulation()
                .after(
                        (1 + random.nextLong(millisMax)) * MILLIS,
                        () -> {
                            if (workload.isRunning()) {
                                busy = true;
                                next.run();
                            }
                        });
    }

    private void create() {
        tokens.clear();
        acknowledged.clear();
        toWrite = 1 + random.nextInt(ITEMS_MAX);
        connection.send(
                "create table",
                TableCreation.request(TABLE, random.nextBoolean()),
                end -> {
                    if (end instanceof Connection.End.Refused(ApiError error)
                            && !(error instanceof ApiError.ResourceInUse)) {
                        workload.checkers().unexpectedAnswer("create table", error.toString());
                    }
                    later(100, this::awaitActive);
                });
    }

    private void awaitActive() {
        connection.send(
                "describe table",
                new DescribeTableRequest(TABLE),
                end -> {
                    switch (end) {
                        case Connection.End.Served(DescribeTableResponse response) -> {
                            TableStatus status = response.table().tableStatus();
                            if (status == TableStatus.ACTIVE) {
                                workload.cluster().simulation().happened(RareEvent.TABLE_CREATED);
                                later(100, this::write);
                            } else {
                                later(200, this::awaitActive);
                            }
                        }
                        case Connection.End.Refused _ -> start();
                        default -> later(200, this::awaitActive);
                    }
                });
    }

    private void write() {
        if (toWrite-- == 0) {
            later(100, this::scan);
            return;
        }
        long token = workload.newToken();
        tokens.add(token);
        ItemImage image = ItemImage.of(OptionalLong.of(token), OptionalLong.empty());
        // The sort key is an ordinary attribute where the table has none.
        ItemKey key = new ItemKey(TABLE, "p" + token, "s");
        ApiCalls.Write write = workload.newWrite(key, new ItemCall.Put(image, Guard.ABSENT));
        connection.send(
                "insert",
                ApiCalls.write(write, ReturnValue.NONE, 0),
                end -> {
                    if (end instanceof Connection.End.Served) {
                        acknowledged.add(token);
                    } else if (end instanceof Connection.End.ConditionFailed) {
                        workload.checkers()
                                .unexpectedAnswer(
                                        "insert of " + key,
                                        "a failed condition, though nobody else writes it");
                    }
                    later(50, this::write);
                });
    }

    private void scan() {
        ApiCalls.Paging all =
                new ApiCalls.Paging(workload.consistencyAsked(), PAGE_ITEMS, Optional.empty());
        connection.send(
                "scan",
                ApiCalls.scanOf(TABLE, all),
                end -> {
                    switch (end) {
                        case Connection.End.Served(ScanResponse page) -> {
                            check(page);
                            later(500, this::delete);
                        }
                        case Connection.End.Refused _ -> later(500, this::delete);
                        default -> later(50, this::scan);
                    }
                });
    }

    private void check(ScanResponse page) {
        Set<Long> seen = new HashSet<>();
        for (Item item : page.items().orElse(List.of())) {
            long token = ItemForm.image(item).token().orElse(0);
            seen.add(token);
            workload.checkers().origin().seen(new ItemKey(TABLE, "p" + token, "s"), item);
        }
        for (long token : seen) {
            if (!tokens.contains(token)) {
                workload.checkers()
                        .unexpectedAnswer(
                                "scan of a new table", "v" + token + ", which is of an older one");
            }
        }
        long now = workload.cluster().simulation().nowNanos();
        boolean whole =
                page.lastEvaluatedKey().isEmpty()
                        && workload.checkers().guarantees().readsAreCurrent(now);
        for (long token : acknowledged) {
            if (whole && !seen.contains(token)) {
                workload.checkers()
                        .unexpectedAnswer(
                                "scan of a table", "all but v" + token + ", which it acknowledged");
            }
        }
    }

    private void delete() {
        connection.send(
                "delete table",
                new DeleteTableRequest(TABLE),
                end -> {
                    switch (end) {
                        case Connection.End.Served(ApiResponse _) -> {
                            tablesUsed++;
                            workload.cluster().simulation().happened(RareEvent.TABLE_DELETED);
                            later(200, this::awaitGone);
                        }
                        case Connection.End.Refused(ApiError.ResourceNotFound _) -> start();
                        default -> later(200, this::delete);
                    }
                });
    }

    private void awaitGone() {
        connection.send(
                "describe table",
                new DescribeTableRequest(TABLE),
                end -> {
                    if (end instanceof Connection.End.Refused(ApiError.ResourceNotFound _)) {
                        start();
                    } else {
                        later(300, this::awaitGone);
                    }
                });
    }
}
