package dev.stator.core.operations.api;

import dev.stator.model.table.TableClass;
import java.util.Optional;

/**
 * Settings of a table that CreateTable and UpdateTable share. Absent: the default, or no change.
 */
public record TableOptions(
        Optional<StreamSpecification> stream,
        Optional<SseSpecification> sse,
        Optional<TableClass> tableClass,
        Optional<Boolean> deletionProtectionEnabled) {
    public static final TableOptions NONE =
            new TableOptions(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
