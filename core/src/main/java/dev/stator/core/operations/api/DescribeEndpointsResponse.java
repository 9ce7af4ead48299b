package dev.stator.core.operations.api;

import java.util.List;

/** The addresses that serve the account. */
public record DescribeEndpointsResponse(List<Endpoint> endpoints) implements ApiResponse {
    public DescribeEndpointsResponse {
        endpoints = List.copyOf(endpoints);
    }

    /** An endpoint; its address is a host, and a port where it is not the default. */
    public record Endpoint(String address, long cachePeriodInMinutes) {}
}
