package dev.stator.conformance.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
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
    private final ConcurrentMap<String, Tally> tallies = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** What the writers through one node were told. */
    private static final class Tally {
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final LongAccumulator longestWaitNanos = new LongAccumulator(Math::max, 0);
    }

    Writers(String table, ThreeProcesses cluster, int perNode) {
        this.table = table;
        for (String node : ThreeProcesses.NAMES) {
            Tally tally = new Tally();
            tallies.put(node, tally);
            for (int i = 0; i < perNode; i++) {
                String writer = node + "-" + i;
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("writer-" + writer)
                                .start(() -> write(cluster.client(node), writer, tally)));
            }
        }
    }

    private void write(DynamoDbClient endpoint, String writer, Tally tally) {
        try (DynamoDbClient client = endpoint) {
            long lastNanos = System.nanoTime();
            for (int number = 0; !stopped; number++) {
                String key = writer + "-" + number;
                try {
                    client.putItem(request ->
                            request.tableName(table).item(Map.of("p", AttributeValue.fromS(key))));
                    acknowledged.add(key);
                    tally.acknowledged.incrementAndGet();
                    long now = System.nanoTime();
                    tally.longestWaitNanos.accumulate(now - lastNanos);
                    lastNanos = now;
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
        return tally(node).acknowledged.get();
    }

    /**
     * The longest time that a writer through the node went without an acknowledgement, in
     * nanoseconds, since this was last asked.
     */
    long takeLongestWaitNanos(String node) {
        return tally(node).longestWaitNanos.getThenReset();
    }

    private Tally tally(String node) {
        return Objects.requireNonNull(tallies.get(node), node);
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
