package dev.stator.core.operations;

import dev.stator.core.operations.api.DescribeLimitsResponse;

/**
 * Tells the quotas of the account (API reference, DescribeLimits): those that accounts of the
 * service begin with.
 */
final class DescribeLimitsOperation {
    static final long ACCOUNT_MAX_CAPACITY_UNITS = 80_000;
    static final long TABLE_MAX_CAPACITY_UNITS = 40_000;

    private DescribeLimitsOperation() {}

    static void start(OperationContext context) {
        context.answer(
                new DescribeLimitsResponse(
                        ACCOUNT_MAX_CAPACITY_UNITS,
                        ACCOUNT_MAX_CAPACITY_UNITS,
                        TABLE_MAX_CAPACITY_UNITS,
                        TABLE_MAX_CAPACITY_UNITS));
    }
}
