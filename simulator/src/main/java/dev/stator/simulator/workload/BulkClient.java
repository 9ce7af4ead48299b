package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ReturnValue;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * A client that writes large items now and then, many of them one after the other to one partition:
 * more than a leader keeps in its log for a member that is away, so that the member needs a
 * snapshot when it comes back.
 */
final class BulkClient {
    static final String TABLE = "archive";

    private static final long MILLIS = 1_000_000;
    private static final String PARTITION = "bulk";

    /** Together more than one chunk of a snapshot. */
    private static final int ITEMS = 6;

    private static final int WRITES = 100;
    private static final int ITEM_BYTES = 200_000;
    private static final int PAUSE_MILLIS_MAX = 2_000;

    private final Workload workload;
    private final SplittableRandom random;
    private final Connection connection;
    private boolean busy;

    BulkClient(Workload workload) {
        this.workload = workload;
        this.random = workload.cluster().simulation().split();
        this.connection = new Connection(workload, random, 0);
    }

    boolean isBusy() {
        return busy;
    }

    void start() {
        busy = false;
        workload.cluster()
                .simulation()
                .after((1 + random.nextInt(PAUSE_MILLIS_MAX)) * MILLIS, () -> write(WRITES));
    }

    private void write(int left) {
        busy = workload.isRunning();
        if (!busy) {
            return;
        }
        ItemKey key = new ItemKey(TABLE, PARTITION, "n" + random.nextInt(ITEMS));
        ItemImage image = ItemImage.of(OptionalLong.of(workload.newToken()), OptionalLong.empty());
        ApiCalls.Write write = workload.newWrite(key, new ItemCall.Put(image, Guard.NONE));
        connection.send(
                "bulk put",
                ApiCalls.write(write, ReturnValue.NONE, ITEM_BYTES),
                end -> {
                    if (end instanceof Connection.End.Served) {
                        workload.written(write);
                        if (left > 1) {
                            write(left - 1);
                            return;
                        }
                    }
                    start();
                });
    }
}
