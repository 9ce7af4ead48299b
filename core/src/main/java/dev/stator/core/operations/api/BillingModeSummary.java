package dev.stator.core.operations.api;

import java.util.OptionalLong;

/** Present once a table has been on-demand. */
public record BillingModeSummary(
        BillingMode billingMode, OptionalLong lastUpdateToPayPerRequestMillis) {}
