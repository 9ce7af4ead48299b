package dev.stator.core.operations;

import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Finds the tables of a transaction's actions, each of them once. */
final class TransactedTables {
    private final OperationContext context;
    private final List<TableReference> references;
    private final Consumer<List<TableDescriptor>> then;
    private final Map<String, TableDescriptor> found = new HashMap<>();

    private TransactedTables(
            OperationContext context,
            List<TableReference> references,
            Consumer<List<TableDescriptor>> then) {
        this.context = context;
        this.references = references;
        this.then = then;
    }

    /** Goes on with the table of each action; where one of them is missing, it fails. */
    static void find(
            OperationContext context,
            List<TableReference> references,
            Consumer<List<TableDescriptor>> then) {
        new TransactedTables(context, references, then).findFrom(0);
    }

    private void findFrom(int first) {
        int index = first;
        while (index < references.size() && found.containsKey(references.get(index).given())) {
            index++;
        }
        if (index == references.size()) {
            List<TableDescriptor> tables = new ArrayList<>(index);
            for (TableReference reference : references) {
                tables.add(Objects.requireNonNull(found.get(reference.given())));
            }
            then.accept(tables);
            return;
        }
        TableReference reference = references.get(index);
        int next = index + 1;
        TableLookup.find(
                context,
                reference,
                table -> {
                    found.put(reference.given(), table);
                    findFrom(next);
                });
    }
}
