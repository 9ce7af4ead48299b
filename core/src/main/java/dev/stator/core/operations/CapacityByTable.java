package dev.stator.core.operations;

import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.capacity.ConsumedCapacity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What the actions of a transaction consumed, summed up for each table as the request named it. */
final class CapacityByTable {
    private final SequencedMap<String, ConsumedCapacity> tables = new LinkedHashMap<>();

    void add(ConsumedCapacity consumed) {
        tables.merge(consumed.tableName(), consumed, ConsumedCapacity::plus);
    }

    /** What the response says, tables in the order in which the request named them first. */
    List<dev.stator.core.operations.api.ConsumedCapacity> report(ReturnConsumedCapacity asked) {
        return CapacityReport.ofTransaction(asked, List.copyOf(tables.values()));
    }
}
