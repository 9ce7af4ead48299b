package dev.stator.core.operations;

import dev.stator.model.expression.Condition;
import dev.stator.model.expression.Projection;
import java.util.Optional;

/** What of the evaluated items a Query or Scan returns. */
record ReadExpressions(Optional<Condition> filter, Optional<Projection> projection) {}
