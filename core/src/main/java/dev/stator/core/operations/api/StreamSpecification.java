package dev.stator.core.operations.api;

import dev.stator.model.table.StreamViewType;
import java.util.Optional;

/** Whether a table has a stream, and what its records hold. */
public record StreamSpecification(boolean streamEnabled, Optional<StreamViewType> streamViewType) {}
