package dev.stator.conformance.clients;

import java.time.Duration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** The SDK's waiters, which by themselves ask every twenty seconds. */
public final class Waiters {
    private static final Duration DELAY = Duration.ofMillis(200);
    private static final int ATTEMPTS_MAX = 300;

    private Waiters() {}

    public static DynamoDbWaiter of(DynamoDbClient client) {
        return DynamoDbWaiter.builder()
                .client(client)
                .overrideConfiguration(options ->
                        options.backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(DELAY))
                                .maxAttempts(ATTEMPTS_MAX))
                .build();
    }
}
