package dev.stator.core.operations.api;

import java.util.Optional;

/**
 * The continuous backups of a table.
 *
 * @param pointInTimeRecovery absent where it is disabled
 */
public record DescribeContinuousBackupsResponse(
        boolean continuousBackupsEnabled, Optional<PointInTimeRecovery> pointInTimeRecovery)
        implements ApiResponse {
    /** An enabled point-in-time recovery; the restorable times are in milliseconds since 1970. */
    public record PointInTimeRecovery(
            int recoveryPeriodInDays, long earliestRestorableMillis, long latestRestorableMillis) {}
}
