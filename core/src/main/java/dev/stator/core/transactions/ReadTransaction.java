package dev.stator.core.transactions;

import dev.stator.model.expression.Projection;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * Reads of several items as they are at one moment.
 *
 * @param reads of distinct items
 */
public record ReadTransaction(List<Read> reads) {
    public ReadTransaction {
        reads = List.copyOf(reads);
    }

    /** One of the reads. */
    public record Read(TableDescriptor table, PlacementKey key, Optional<Projection> projection) {}
}
