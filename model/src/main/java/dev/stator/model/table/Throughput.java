package dev.stator.model.table;

/**
 * The throughput of a table or of a global secondary index.
 *
 * @param provisioned zero in on-demand mode
 * @param limits of on-demand mode
 * @param warm units per second that can be served at once (API reference, WarmThroughput)
 */
public record Throughput(
        ProvisionedThroughput provisioned,
        ThroughputChanges changes,
        ThroughputLimits limits,
        ProvisionedThroughput warm) {
    /** What a new on-demand table can serve at once: four partitions. */
    public static final ProvisionedThroughput WARM_ON_DEMAND =
            new ProvisionedThroughput(12_000, 4_000);

    public static Throughput onDemand() {
        return new Throughput(
                ProvisionedThroughput.NONE,
                ThroughputChanges.NONE,
                ThroughputLimits.NONE,
                WARM_ON_DEMAND);
    }

    public static Throughput provisioned(long readUnits, long writeUnits) {
        ProvisionedThroughput units = new ProvisionedThroughput(readUnits, writeUnits);
        return new Throughput(units, ThroughputChanges.NONE, ThroughputLimits.NONE, units);
    }

    /**
     * The same with other provisioned units, noting increase and decrease; warm is never lowered.
     */
    public Throughput reprovisioned(ProvisionedThroughput wanted, long nowMillis) {
        ThroughputChanges noted = changes;
        if (wanted.readUnits() > provisioned.readUnits()
                || wanted.writeUnits() > provisioned.writeUnits()) {
            noted = noted.increased(nowMillis);
        }
        if (isDecrease(wanted)) {
            noted = noted.decreased(nowMillis);
        }
        ProvisionedThroughput warmer =
                new ProvisionedThroughput(
                        Math.max(warm.readUnits(), wanted.readUnits()),
                        Math.max(warm.writeUnits(), wanted.writeUnits()));
        return new Throughput(wanted, noted, limits, warmer);
    }

    public boolean isDecrease(ProvisionedThroughput wanted) {
        return wanted.readUnits() < provisioned.readUnits()
                || wanted.writeUnits() < provisioned.writeUnits();
    }
}
