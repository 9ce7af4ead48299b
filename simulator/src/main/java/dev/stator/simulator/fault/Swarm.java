package dev.stator.simulator.fault;

import dev.stator.replication.Limits;
import dev.stator.simulator.cluster.NetworkConditions;
import dev.stator.simulator.cluster.NodeConditions;
import dev.stator.simulator.cluster.UsualConditions;
import dev.stator.simulator.engine.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a seed tries: which kinds of faults, how often each of them, and on which machines. No
 * history tries everything, so that no fault always hides what another one would show (Groce et
 * al., "Swarm Testing", 2012).
 *
 * @param lots the kinds that come, each as often as it stands here
 * @param everyNanosMax between one fault and the next
 * @param shards of each node
 * @param widePartitions of a table that has many; zero where there is none
 * @param bulk whether large items are written, so that members which are away need snapshots
 * @param indexed whether a table has global secondary indexes, which are read, made and dropped
 * @param transacted whether clients use transactions
 */
public record Swarm(
        List<Fault> lots,
        long everyNanosMax,
        int shards,
        int widePartitions,
        boolean bulk,
        boolean indexed,
        boolean transacted,
        UsualConditions usual) {
    private static final long MILLIS = 1_000_000;
    private static final int WEIGHT_MAX = 4;

    /** One history in so many has such faults, where all kinds may come. */
    private static final int DAMAGED_ONE_IN = 3;

    private static final int DRIFTING_ONE_IN = 8;
    private static final int ENCODED_ONE_IN = 4;
    private static final int WIDE_ONE_IN = 6;
    private static final int BULK_ONE_IN = 5;
    private static final int INDEXED_ONE_IN = 4;
    private static final int TRANSACTED_ONE_IN = 2;
    private static final int SMALL_LIMITS_ONE_IN = 3;
    private static final int WIDE_MORE_MAX = 40;

    /** Disks, from one that is hardly there to one that spins and is shared. */
    private static final List<Latency> SYNCS =
            List.of(
                    Latency.micros(1, 20),
                    Latency.micros(50, 300),
                    Latency.micros(200, 2_000),
                    Latency.micros(2_000, 10_000),
                    Latency.micros(4_000, 40_000));

    private static final List<Latency> APPLIES =
            List.of(Latency.micros(5, 50), Latency.micros(20, 500), Latency.micros(500, 8_000));

    private static final List<Latency> READS =
            List.of(
                    Latency.micros(1, 30),
                    Latency.micros(5, 300),
                    Latency.micros(50, 4_000).withTail(0.02, 60_000));

    private static final List<Latency> FLUSHES =
            List.of(
                    Latency.micros(50_000, 600_000),
                    Latency.micros(300_000, 4_000_000),
                    Latency.micros(4_000_000, 20_000_000));

    private static final List<Latency> NETWORKS =
            List.of(
                    Latency.micros(30, 200),
                    Latency.micros(100, 1_000),
                    Latency.micros(500, 6_000).withTail(0.005, 50_000));

    /** Nothing but what is on its way to the store; a few items, so that they come and go; all. */
    private static final List<Long> ITEM_CACHES = List.of(0L, 2_000L, 64L << 20);

    public Swarm {
        lots = List.copyOf(lots);
    }

    /**
     * Draws one.
     *
     * @param kinds that may come; how often is drawn for each, and it may be never
     */
    public static Swarm draw(SplittableRandom random, List<Fault> kinds) {
        List<Fault> lots = new ArrayList<>();
        for (Fault kind : kinds) {
            int weight = weight(kind, random);
            for (int i = 0; i < weight; i++) {
                lots.add(kind);
            }
        }
        if (lots.isEmpty()) {
            lots.addAll(kinds);
        }
        boolean bulk = random.nextInt(BULK_ONE_IN) == 0;
        NodeConditions machines =
                new NodeConditions(
                        any(SYNCS, random),
                        any(APPLIES, random),
                        any(READS, random),
                        // A log is cut below what is flushed; only then snapshots are needed.
                        bulk ? FLUSHES.getFirst() : any(FLUSHES, random),
                        ITEM_CACHES.get(random.nextInt(ITEM_CACHES.size())));
        NetworkConditions network = NetworkConditions.calm(any(NETWORKS, random));
        boolean encoded = random.nextInt(ENCODED_ONE_IN) == 0;
        long everyNanosMax = (400 + random.nextLong(3_000)) * MILLIS;
        int shards = 1 + random.nextInt(2);
        int partitions = random.nextInt(WIDE_ONE_IN) == 0 ? 8 + random.nextInt(WIDE_MORE_MAX) : 0;
        boolean indexed = random.nextInt(INDEXED_ONE_IN) == 0;
        UsualConditions usual = new UsualConditions(machines, network, limits(random), encoded);
        boolean transacted = random.nextInt(TRANSACTED_ONE_IN) == 0;
        return new Swarm(lots, everyNanosMax, shards, partitions, bulk, indexed, transacted, usual);
    }

    /** Mostly those of the server; else small ones, so that everything takes many messages. */
    private static Limits limits(SplittableRandom random) {
        Limits usual = Limits.DEFAULT;
        if (random.nextInt(SMALL_LIMITS_ONE_IN) != 0) {
            return usual;
        }
        return new Limits(
                anyInt(List.of(1, 2, usual.messagesInFlight()), random),
                anyInt(List.of(1, 300, 3_000, usual.messageBytes()), random),
                usual.uncommittedEntries(),
                usual.uncommittedBytes(),
                anyInt(List.of(0, 20_000, (int) usual.retainedBytes()), random),
                anyInt(List.of(1, 2_000, usual.snapshotChunkBytes()), random));
    }

    private static int anyInt(List<Integer> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }

    private static int weight(Fault kind, SplittableRandom random) {
        int weight = random.nextInt(WEIGHT_MAX);
        return switch (kind) {
            case DAMAGE -> random.nextInt(DAMAGED_ONE_IN) == 0 ? Math.max(1, weight) : 0;
            case DRIFT -> random.nextInt(DRIFTING_ONE_IN) == 0 ? Math.max(1, weight) : 0;
            case CRASH, PARTITION, HUNT, STORM, CORRUPT, PAUSE, CLOCK, SLOW, DISK -> weight;
        };
    }

    private static Latency any(List<Latency> latencies, SplittableRandom random) {
        return latencies.get(random.nextInt(latencies.size()));
    }

    public boolean brings(Fault kind) {
        return lots.contains(kind);
    }

    /** Whether clocks stay within what leases tolerate. */
    public boolean clocksWithinBound() {
        return !brings(Fault.DRIFT);
    }
}
