package dev.stator.core.operations.api;

import dev.stator.model.table.TableClass;
import java.util.OptionalLong;

/** The storage class of a table. */
public record TableClassSummary(TableClass tableClass, OptionalLong lastUpdateMillis) {}
