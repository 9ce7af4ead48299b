package dev.stator.core.operations.api;

import java.util.List;

/** Asks for the address that serves the account. */
public record DescribeEndpointsRequest() implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of();
    }
}
