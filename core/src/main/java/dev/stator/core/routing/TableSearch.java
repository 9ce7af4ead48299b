package dev.stator.core.routing;

import dev.stator.model.table.TableDescriptor;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks a table up until MemDS answers. */
final class TableSearch implements Question, Directory.Found<TableDescriptor> {
    private final RouterCore core;
    private final String accountId;
    private final String tableName;
    private final Consumer<Optional<TableDescriptor>> then;
    private final Runnable failed;
    private int waits;
    private boolean ended;

    TableSearch(
            RouterCore core,
            String accountId,
            String tableName,
            Consumer<Optional<TableDescriptor>> then,
            Runnable failed) {
        this.core = core;
        this.accountId = accountId;
        this.tableName = tableName;
        this.then = then;
        this.failed = failed;
    }

    void start() {
        core.directory().findTable(accountId, tableName, this);
    }

    @Override
    public void found(Optional<TableDescriptor> known) {
        if (!ended) {
            ended = true;
            then.accept(known);
        }
    }

    @Override
    public void unavailable() {
        if (!ended) {
            core.backOff(
                    waits++,
                    () -> {
                        if (!ended) {
                            start();
                        }
                    });
        }
    }

    @Override
    public void expire() {
        if (!ended) {
            ended = true;
            failed.run();
        }
    }
}
