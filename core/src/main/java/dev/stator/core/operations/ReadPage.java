package dev.stator.core.operations;

import dev.stator.core.wire.PartitionResponse.Fetched;
import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * A page of a table or index.
 *
 * @param items what passed the filter, projected; empty if only the count was asked for
 * @param count how many passed the filter
 * @param evaluatedCount how many were read
 * @param evaluatedBytes their sizes, before filter and projection
 * @param fetched items of the table that were read for the entries of a local index
 * @param lastKey where the next page begins; absent where the range has been read to its end
 */
record ReadPage(
        List<Item> items,
        int count,
        int evaluatedCount,
        long evaluatedBytes,
        Fetched fetched,
        Optional<Item> lastKey) {}
