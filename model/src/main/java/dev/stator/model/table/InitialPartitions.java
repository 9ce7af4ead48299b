package dev.stator.model.table;

import dev.stator.model.key.KeyRange;
import java.util.List;

/**
 * How many partitions a new table has. A partition serves 3,000 read units or 1,000 write units per
 * second (developer guide, "Best practices for designing and using partition keys effectively").
 *
 * <ul>
 *   <li>On-demand: four, for the 12,000 read and 4,000 write units that a new on-demand table
 *       serves at once; more if the request asks for more warm throughput.
 *   <li>Provisioned: as many as the larger of the two throughputs needs, and never fewer than
 *       three, so that the leaders of even the smallest table are spread over three zones.
 *   <li>Never more than {@link #MAX_COUNT}; what is missing comes from splits.
 * </ul>
 *
 * The partitions are equal shares of the hash space.
 */
public final class InitialPartitions {
    public static final int READ_UNITS_EACH = 3_000;
    public static final int WRITE_UNITS_EACH = 1_000;
    public static final int ON_DEMAND_COUNT = 4;
    public static final int MIN_PROVISIONED_COUNT = 3;

    /**
     * The default quota of a table, 40,000 write units, needs 40. A replication group costs its
     * three nodes memory and heartbeats whether it is used or not, so a number in a request must
     * not create them without bound.
     */
    public static final int MAX_COUNT = 64;

    private InitialPartitions() {}

    public static int count(TableSettings.Billing billing) {
        int atLeast =
                switch (billing.mode()) {
                    case PAY_PER_REQUEST -> ON_DEMAND_COUNT;
                    case PROVISIONED -> MIN_PROVISIONED_COUNT;
                };
        Throughput throughput = billing.throughput();
        long needed = Math.max(needed(throughput.provisioned()), needed(throughput.warm()));
        return Math.clamp(needed, atLeast, MAX_COUNT);
    }

    private static long needed(ProvisionedThroughput units) {
        return Math.max(
                Math.ceilDiv(units.readUnits(), READ_UNITS_EACH),
                Math.ceilDiv(units.writeUnits(), WRITE_UNITS_EACH));
    }

    /** The ranges of the partitions, in order. */
    public static List<KeyRange> ranges(TableSettings.Billing billing) {
        return KeyRange.splitEvenly(count(billing));
    }
}
