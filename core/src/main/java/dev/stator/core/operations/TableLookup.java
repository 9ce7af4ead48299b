package dev.stator.core.operations;

import dev.stator.model.table.TableDescriptor;
import java.util.function.Consumer;

/** Finds the tables of requests that read and write items. */
final class TableLookup {
    private TableLookup() {}

    /** Goes on with the table; without one, or with one that is still being made, it fails. */
    static void find(
            OperationContext context, TableReference reference, Consumer<TableDescriptor> then) {
        reference.checkReach(context);
        context.findTable(
                reference.name(),
                found -> {
                    TableDescriptor table = found.orElseThrow(Refusal::noSuchTable);
                    if (!table.status().servesItems()) {
                        throw Refusal.noSuchTable();
                    }
                    then.accept(table);
                });
    }
}
