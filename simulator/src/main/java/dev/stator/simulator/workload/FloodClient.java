package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ReturnValue;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemKey;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * A client that adds to a counter many times at once, so that a leader which loses its office has
 * many entries under way, each evaluated on the one before. Only sums are checked of these
 * counters, and that each entry was evaluated on its prefix: too much is concurrent to look for an
 * order.
 */
final class FloodClient {
    static final String TABLE = "tallies";

    private static final long MILLIS = 1_000_000;
    private static final int COUNTERS = 2;
    private static final int WRITES_MAX = 40;
    private static final int DELTA_MAX = 1_000;
    private static final int PAUSE_MILLIS_MAX = 600;

    private final Workload workload;
    private final SplittableRandom random;
    private final int home;
    private int underWay;

    FloodClient(Workload workload, int home) {
        this.workload = workload;
        this.random = workload.cluster().simulation().split();
        this.home = home;
    }

    boolean isBusy() {
        return underWay > 0;
    }

    void start() {
        workload.cluster()
                .simulation()
                .after((1 + random.nextInt(PAUSE_MILLIS_MAX)) * MILLIS, this::flood);
    }

    private void flood() {
        if (!workload.isRunning()) {
            return;
        }
        ItemKey key = new ItemKey(TABLE, "all-count" + random.nextInt(COUNTERS), "");
        workload.floods(key);
        int writes = 2 + random.nextInt(WRITES_MAX);
        Connection connection = new Connection(workload, random, home);
        underWay += writes;
        for (int i = 0; i < writes; i++) {
            add(connection, key);
        }
    }

    private void add(Connection connection, ItemKey key) {
        long delta = 1L + random.nextInt(DELTA_MAX);
        ItemCall call =
                new ItemCall.Update(OptionalLong.empty(), OptionalLong.of(delta), Guard.NONE);
        ApiCalls.Write write = workload.newWrite(key, call);
        workload.checkers().acknowledged().adding(key, delta);
        connection.send(
                "add of many",
                ApiCalls.write(write, ReturnValue.NONE, 0),
                end -> {
                    switch (end) {
                        case Connection.End.Served _ -> {
                            workload.written(write);
                            workload.checkers().acknowledged().added(key, delta);
                        }
                        case Connection.End.NothingDone(),
                                Connection.End.ConditionFailed(),
                                Connection.End.Canceled _,
                                Connection.End.Refused _ ->
                                workload.checkers().acknowledged().notAdded(key, delta);
                        case Connection.End.Unknown() -> {}
                    }
                    if (--underWay == 0) {
                        start();
                    }
                });
    }
}
