package dev.stator.core.routing;

import dev.stator.model.error.ApiError;

/** The errors that a router itself answers with. */
final class Failures {
    static final ApiError TOO_MANY_REQUESTS =
            new ApiError.ServiceUnavailable(
                    "The server has too many requests in flight. Nothing was done; try again.");
    static final ApiError NO_METADATA =
            new ApiError.ServiceUnavailable(
                    "The routing metadata cannot be reached. Nothing was done; try again.");
    static final ApiError OUTCOME_UNKNOWN =
            new ApiError.InternalServerError(
                    "The outcome of the write is not known: it may have been done, or may still be"
                            + " done.");
    static final ApiError CONTROL_PLANE_OUTCOME_UNKNOWN =
            new ApiError.InternalServerError(
                    "The control plane did not answer: what was asked may have been done, or may"
                            + " still be done.");
    static final ApiError NO_CONTROL_PLANE =
            new ApiError.ServiceUnavailable(
                    "The control plane has no leader at the moment. Nothing was done; try again.");
    static final ApiError NO_ANSWER_IN_TIME =
            new ApiError.InternalServerError("The request was not finished in time.");
    static final ApiError INTERNAL = new ApiError.InternalServerError("Internal server error");
    static final ApiError NO_SUCH_TABLE =
            new ApiError.ResourceNotFound("Requested resource not found");
    static final ApiError TRANSACTION_OUTCOME_UNKNOWN =
            new ApiError.InternalServerError(
                    "The outcome of the transaction is not known: it may have been done, or may"
                            + " still be done, then as a whole.");

    private Failures() {}

    /** A partition could not be reached until the deadline, and nothing was done. */
    static ApiError noReplica(String lastReason) {
        return new ApiError.ServiceUnavailable(
                "No replica of the partition could serve the request: "
                        + lastReason
                        + ". Nothing was done; try again.");
    }
}
