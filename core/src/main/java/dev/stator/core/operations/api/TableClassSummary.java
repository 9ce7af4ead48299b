package dev.stator.core.operations.api;

import java.util.OptionalLong;

/** The storage class of a table. */
public record TableClassSummary(TableClass tableClass, OptionalLong lastUpdateMillis) {}
