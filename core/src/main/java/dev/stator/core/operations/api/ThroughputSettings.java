package dev.stator.core.operations.api;

import dev.stator.model.table.ProvisionedThroughput;
import java.util.Optional;

/** The three kinds of throughput that a table or global secondary index can be given. */
public record ThroughputSettings(
        Optional<ProvisionedThroughput> provisioned,
        Optional<OnDemandThroughput> onDemand,
        Optional<WarmThroughput> warm) {
    public static final ThroughputSettings NONE =
            new ThroughputSettings(Optional.empty(), Optional.empty(), Optional.empty());
}
