package dev.stator.core.operations;

import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.util.List;
import java.util.Optional;

/** Key attributes are scalars, so no document path can lead into one. */
final class ScalarKeys {
    private ScalarKeys() {}

    static void check(TableDescriptor table, Optional<Condition> condition) {
        condition.ifPresent(present -> check(table, present.paths()));
    }

    static void check(TableDescriptor table, List<DocumentPath> paths) {
        KeyAttributes.of(table.key()).refuseNested(paths);
        for (SecondaryIndex index : table.schema().localIndexes()) {
            KeyAttributes.of(index.keySchema()).refuseNestedInIndex(paths);
        }
        for (SecondaryIndex index : table.schema().globalIndexes()) {
            KeyAttributes.of(index.keySchema()).refuseNestedInIndex(paths);
        }
    }
}
