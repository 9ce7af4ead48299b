package dev.stator.core.operations.api;

import dev.stator.model.table.BillingMode;
import java.util.OptionalLong;

/** Present once a table has been on-demand. */
public record BillingModeSummary(
        BillingMode billingMode, OptionalLong lastUpdateToPayPerRequestMillis) {}
