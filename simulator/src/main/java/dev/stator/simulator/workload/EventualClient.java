package dev.stator.simulator.workload;

import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Sighting;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A client that stays with one node and only reads, eventually consistently: what a replica that is
 * cut off still answers.
 */
final class EventualClient {
    private static final long THINK_NANOS_MAX = 200_000_000;

    private final Workload workload;
    private final SplittableRandom random;
    private final Connection connection;
    private boolean busy;

    EventualClient(Workload workload, int home) {
        this.workload = workload;
        this.random = workload.cluster().simulation().split();
        this.connection = Connection.staying(workload, random, home);
    }

    boolean isBusy() {
        return busy;
    }

    void start() {
        busy = false;
        workload.cluster().simulation().after(random.nextLong(THINK_NANOS_MAX), this::read);
    }

    private void read() {
        if (!workload.isRunning()) {
            return;
        }
        Optional<ItemKey> known = workload.keys().lastWritten(workload.anyTable(random));
        if (known.isEmpty()) {
            start();
            return;
        }
        busy = true;
        ItemKey key = known.get();
        byte[] storeKey = workload.tableOf(key).storeKey(key);
        long calledNanos = workload.cluster().simulation().nowNanos();
        connection.send(
                "eventual read",
                ApiCalls.get(key, false),
                end -> {
                    if (end instanceof Connection.End.Served(GetItemResponse response)) {
                        response.item()
                                .ifPresent(item -> workload.checkers().origin().seen(key, item));
                        Sighting seen = Sighting.of(response.item());
                        workload.checkers().eventual().read(key, storeKey, seen, calledNanos);
                    }
                    start();
                });
    }
}
