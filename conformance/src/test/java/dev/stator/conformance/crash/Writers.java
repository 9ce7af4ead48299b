package dev.stator.conformance.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts one new item after the other through each node, and remembers what was acknowledged. */
final class Writers {
    /** A refused connection comes back at once; the processor is for those that start. */
    private static final long BACK_OFF_NANOS = 10_000_000;

    private final String table;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, AtomicInteger> acknowledgedBy = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Writers(String table, ThreeProcesses cluster, int perNode) {
        this.table = table;
        for (String node : ThreeProcesses.NAMES) {
            AtomicInteger count = new AtomicInteger();
            acknowledgedBy.put(node, count);
            for (int i = 0; i < perNode; i++) {
                String writer = node + "-" + i;
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("writer-" + writer)
                                .start(() -> write(cluster.client(node), writer, count)));
            }
        }
    }

    private void write(DynamoDbClient endpoint, String writer, AtomicInteger count) {
        try (DynamoDbClient client = endpoint) {
            for (int number = 0; !stopped; number++) {
                String key = writer + "-" + number;
                try {
                    client.putItem(request ->
                            request.tableName(table).item(Map.of("p", AttributeValue.fromS(key))));
                    acknowledged.add(key);
                    count.incrementAndGet();
                } catch (SdkException notAcknowledged) {
                    // Whether it was done is unknown; the next key is another.
                    LockSupport.parkNanos(BACK_OFF_NANOS);
                }
            }
        }
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    int acknowledgedBy(String node) {
        return Objects.requireNonNull(acknowledgedBy.get(node), node).get();
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
