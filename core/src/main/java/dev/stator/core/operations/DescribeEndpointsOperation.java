package dev.stator.core.operations;

import dev.stator.core.operations.api.DescribeEndpointsResponse;
import dev.stator.core.operations.api.DescribeEndpointsResponse.Endpoint;
import java.util.List;

/** Tells where the account is served (API reference, DescribeEndpoints). */
final class DescribeEndpointsOperation {
    static final long CACHE_PERIOD_MINUTES = 1_440;

    private DescribeEndpointsOperation() {}

    static void start(OperationContext context) {
        context.answer(
                new DescribeEndpointsResponse(
                        List.of(new Endpoint(context.endpoint(), CACHE_PERIOD_MINUTES))));
    }
}
