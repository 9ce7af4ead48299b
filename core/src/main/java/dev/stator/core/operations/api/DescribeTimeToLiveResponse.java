package dev.stator.core.operations.api;

import java.util.Optional;

/**
 * The time-to-live setting of a table.
 *
 * @param attributeName absent where it is disabled
 */
public record DescribeTimeToLiveResponse(
        TimeToLiveStatus timeToLiveStatus, Optional<String> attributeName) implements ApiResponse {}
