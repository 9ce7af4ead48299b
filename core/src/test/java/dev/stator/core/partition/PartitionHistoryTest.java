package dev.stator.core.partition;

import static dev.stator.core.partition.Requests.EXISTS;
import static dev.stator.core.partition.Requests.NOT_EXISTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.expression.Condition;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random requests on few keys while everything around the partition goes as badly as it may, each
 * history checked against the log that came of it. Replay one seed with {@code ./build -pl core -am
 * test -Dtest=PartitionHistoryTest -Dsurefire.failIfNoSpecifiedTests=false -Dstator.seed=N}, try
 * more by {@code -Dstator.seeds=N}.
 */
class PartitionHistoryTest {
    private static final int SEEDS = Integer.getInteger("stator.seeds", 300);
    private static final int STEPS = 1_500;
    private static final List<String> PKS = List.of("a", "b", "c");

    private final Map<String, Integer> answersByType = new TreeMap<>();

    @Test
    void everyHistoryIsLinearizable() {
        Long seed = Long.getLong("stator.seed");
        if (seed != null) {
            run(seed);
            return;
        }
        for (long next = 1; next <= SEEDS; next++) {
            run(next);
        }
        // A test that never got into trouble would say nothing.
        assertThat(answersByType)
                .containsOnlyKeys(
                        "ConditionFailed",
                        "Got",
                        "Indeterminate",
                        "NotLeader",
                        "Page",
                        "Refused",
                        "Unavailable",
                        "Written",
                        "none");
        assertThat(answersByType.values()).allMatch(count -> count > SEEDS);
    }

    private void run(long seed) {
        try {
            Random random = new Random(seed);
            History history = new History();
            ScriptedCluster cluster = new ScriptedCluster(random, history);
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(4) == 0) {
                    cluster.send(request(random, cluster.nextRequest()));
                } else {
                    cluster.step();
                }
            }
            cluster.finish();
            check(cluster, history);
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void check(ScriptedCluster cluster, History history) {
        List<PlacementKey> keys = new ArrayList<>();
        PKS.forEach(pk -> keys.add(Requests.key(pk)));
        HistoryChecker checker = new HistoryChecker(history, cluster.committedLog(), keys);
        checker.check();
        for (int i = 0; i < 3; i++) {
            checker.checkReplica(cluster.host(i));
        }
        for (History.Operation operation : history.operations()) {
            PartitionResponse response = operation.response;
            assertThat(response != null || cluster.mayBeUnanswered(operation.id))
                    .as("never answered: %s", operation)
                    .isTrue();
            String type = response == null ? "none" : response.getClass().getSimpleName();
            answersByType.merge(type, 1, Integer::sum);
        }
    }

    private static PartitionRequest request(Random random, int id) {
        String pk = PKS.get(random.nextInt(PKS.size()));
        return switch (random.nextInt(10)) {
            case 0 -> Requests.get(pk, random.nextInt(4) != 0);
            case 1 -> range(random.nextInt(4) != 0);
            default -> Requests.write(pk, change(random, pk, id), condition(random));
        };
    }

    private static PartitionRequest range(boolean consistent) {
        return new PartitionRequest.Range(
                KeyRange.ALL,
                true,
                consistent,
                Optional.empty(),
                Optional.empty(),
                new PageBounds(100, 1 << 20),
                false,
                List.of("pk"));
    }

    private static Change change(Random random, String pk, int id) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Change.Delete();
            case 2, 3, 4 -> new Change.Put(Requests.itemBy(pk, random.nextInt(4), id));
            case 5 -> new Change.Update(Requests.keyItem(pk), Requests.add("pk", 1));
            default ->
                    new Change.Update(
                            Requests.keyItem(pk), Requests.addBy(random.nextInt(4) - 1, id));
        };
    }

    private static Optional<Condition> condition(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> Optional.of(EXISTS);
            case 1 -> Optional.of(NOT_EXISTS);
            case 2 -> Optional.of(Requests.vIs(random.nextInt(4)));
            case 3 -> Optional.of(Requests.vBelow(random.nextInt(4)));
            default -> Optional.empty();
        };
    }
}
