package dev.stator.model.capacity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a request, or a part of one, consumed of a table and its indexes. How much of it a response
 * says (nothing, the total, or table and indexes apart) is up to the request; read and write units
 * apart are only said for transactions.
 *
 * @param tableName as the request named it, name or ARN
 * @param table the table alone; zero for a read of a global index
 * @param localIndexes by name, only those that consumed something
 * @param globalIndexes by name, only those that consumed something
 */
public record ConsumedCapacity(
        String tableName,
        Capacity table,
        SequencedMap<String, Capacity> localIndexes,
        SequencedMap<String, Capacity> globalIndexes) {
    public ConsumedCapacity {
        localIndexes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(localIndexes));
        globalIndexes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(globalIndexes));
    }

    public static ConsumedCapacity none(String tableName) {
        return ofTable(tableName, Capacity.NONE);
    }

    public static ConsumedCapacity ofTable(String tableName, Capacity table) {
        return new ConsumedCapacity(tableName, table, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Over the table and all indexes. */
    public Capacity total() {
        Capacity total = table;
        for (Capacity index : localIndexes.values()) {
            total = total.plus(index);
        }
        for (Capacity index : globalIndexes.values()) {
            total = total.plus(index);
        }
        return total;
    }

    public ConsumedCapacity plusTable(Capacity more) {
        return new ConsumedCapacity(tableName, table.plus(more), localIndexes, globalIndexes);
    }

    public ConsumedCapacity plusLocalIndex(String name, Capacity more) {
        return new ConsumedCapacity(
                tableName, table, added(localIndexes, name, more), globalIndexes);
    }

    public ConsumedCapacity plusGlobalIndex(String name, Capacity more) {
        return new ConsumedCapacity(
                tableName, table, localIndexes, added(globalIndexes, name, more));
    }

    /** The sum with what another part of the request consumed of the same table. */
    public ConsumedCapacity plus(ConsumedCapacity other) {
        ConsumedCapacity sum = plusTable(other.table);
        for (var index : other.localIndexes.entrySet()) {
            sum = sum.plusLocalIndex(index.getKey(), index.getValue());
        }
        for (var index : other.globalIndexes.entrySet()) {
            sum = sum.plusGlobalIndex(index.getKey(), index.getValue());
        }
        return sum;
    }

    private static SequencedMap<String, Capacity> added(
            SequencedMap<String, Capacity> indexes, String name, Capacity more) {
        SequencedMap<String, Capacity> sum = new LinkedHashMap<>(indexes);
        sum.merge(name, more, Capacity::plus);
        return sum;
    }
}
