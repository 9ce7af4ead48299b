package dev.stator.core.autoadmin;

import dev.stator.model.error.ApiError;

/** The errors of the control plane, in the words that clients match on. */
final class AdminErrors {
    /** Default quota of the service (developer guide, "Quotas"). */
    static final int MAX_TABLES_PER_ACCOUNT = 2_500;

    /** Default quota of the service (developer guide, "Quotas"). */
    static final int MAX_TABLES_CHANGING = 500;

    static final int MAX_ON_DEMAND_SWITCHES_A_DAY = 4;

    static final ApiError RATE_EXCEEDED = new ApiError.Throttling("Rate exceeded");
    static final ApiError OUTCOME_UNKNOWN =
            new ApiError.InternalServerError(
                    "The outcome of the change is not known: it may have been done, or may still"
                            + " be done.");
    static final ApiError PROTECTED =
            new ApiError.Validation(
                    "Resource cannot be deleted as it is currently protected against deletion."
                            + " Disable deletion protection first.");
    static final ApiError TOO_MANY_CHANGING =
            new ApiError.LimitExceeded(
                    "Subscriber limit exceeded: Only "
                            + MAX_TABLES_CHANGING
                            + " tables can be created, updated, or deleted simultaneously");
    static final ApiError TOO_MANY_TABLES =
            new ApiError.LimitExceeded(
                    "Subscriber limit exceeded: There is a limit of "
                            + MAX_TABLES_PER_ACCOUNT
                            + " tables per subscriber");
    static final ApiError TOO_MANY_ON_DEMAND_SWITCHES =
            new ApiError.LimitExceeded(
                    "Subscriber limit exceeded: Update to PayPerRequest mode are limited to "
                            + MAX_ON_DEMAND_SWITCHES_A_DAY
                            + " times in 1 day(s).");

    private static final String IN_USE =
            "Attempt to change a resource which is still in use: Table";

    static final ApiError INDEXES_CHANGING =
            new ApiError.ResourceInUse(
                    "Attempt to change a resource which is still in use: Cannot delete table while"
                            + " indexes are being created, updated, or deleted.");

    private AdminErrors() {}

    static ApiError exists(String tableName) {
        return new ApiError.ResourceInUse("Table already exists: " + tableName);
    }

    static ApiError notFound(String tableName) {
        return new ApiError.ResourceNotFound(
                "Requested resource not found: Table: " + tableName + " not found");
    }

    static ApiError beingCreated(String tableName) {
        return new ApiError.ResourceInUse(IN_USE + " is being created: " + tableName);
    }

    static ApiError beingDeleted(String tableName) {
        return new ApiError.ResourceInUse(IN_USE + " is being deleted: " + tableName);
    }

    static ApiError beingUpdated(String tableName) {
        return new ApiError.ResourceInUse(
                IN_USE + ": " + tableName + " is in the process of being updated.");
    }
}
