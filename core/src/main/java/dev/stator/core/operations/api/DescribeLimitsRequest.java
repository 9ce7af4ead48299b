package dev.stator.core.operations.api;

import java.util.List;

/** Asks for the quotas of the account. */
public record DescribeLimitsRequest() implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of();
    }
}
