package dev.stator.core.operations;

import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.Item;
import dev.stator.model.capacity.CapacityUnits;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.capacity.WriteKind;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What requests consumed, and how much of it a response says (API reference, ConsumedCapacity). */
final class CapacityReport {
    private CapacityReport() {}

    /**
     * What the write of an item consumed of the table and its indexes.
     *
     * @param before null if there was no item
     * @param after null if there is none any more
     */
    static ConsumedCapacity ofWrite(
            TableReference reference,
            TableDescriptor table,
            Sizes sizes,
            @Nullable Item before,
            @Nullable Item after) {
        ConsumedCapacity consumed = ofWrite(reference, sizes);
        for (SecondaryIndex.Local index : table.schema().localIndexes()) {
            OptionalDouble units = indexWrite(table, index, before, after);
            if (units.isPresent()) {
                consumed = consumed.plusLocalIndex(index.name(), write(units.getAsDouble()));
            }
        }
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            OptionalDouble units = indexWrite(table, index, before, after);
            if (units.isPresent()) {
                consumed = consumed.plusGlobalIndex(index.name(), write(units.getAsDouble()));
            }
        }
        return consumed;
    }

    /** The sizes of an item before and after a write, zero where there was none. */
    record Sizes(int beforeBytes, int afterBytes) {}

    /** What a write consumed of the table alone. */
    static ConsumedCapacity ofWrite(TableReference reference, Sizes sizes) {
        return ConsumedCapacity.ofTable(
                reference.given(),
                write(
                        CapacityUnits.write(
                                sizes.beforeBytes(), sizes.afterBytes(), WriteKind.STANDARD)));
    }

    private static OptionalDouble indexWrite(
            TableDescriptor table,
            SecondaryIndex index,
            @Nullable Item before,
            @Nullable Item after) {
        IndexEntries entries = new IndexEntries(table.key(), index);
        return CapacityUnits.indexWrite(entry(entries, before), entry(entries, after));
    }

    private static @Nullable IndexEntry entry(IndexEntries entries, @Nullable Item item) {
        return item == null ? null : entries.of(item).orElse(null);
    }

    private static dev.stator.model.capacity.Capacity write(double units) {
        return dev.stator.model.capacity.Capacity.write(units);
    }

    static boolean hasIndexes(TableDescriptor table) {
        return !table.schema().localIndexes().isEmpty()
                || !table.schema().globalIndexes().isEmpty();
    }

    /** What a response says; nothing unless it was asked for. */
    static Optional<dev.stator.core.operations.api.ConsumedCapacity> of(
            ReturnConsumedCapacity asked, ConsumedCapacity consumed) {
        return switch (asked) {
            case NONE -> Optional.empty();
            case TOTAL -> Optional.of(total(consumed));
            case INDEXES -> Optional.of(byIndex(consumed));
        };
    }

    /** What the response to a batch says, table by table. */
    static List<dev.stator.core.operations.api.ConsumedCapacity> of(
            ReturnConsumedCapacity asked, List<ConsumedCapacity> consumed) {
        List<dev.stator.core.operations.api.ConsumedCapacity> report = new ArrayList<>();
        for (ConsumedCapacity ofTable : consumed) {
            of(asked, ofTable).ifPresent(report::add);
        }
        return report;
    }

    private static dev.stator.core.operations.api.ConsumedCapacity total(
            ConsumedCapacity consumed) {
        return new dev.stator.core.operations.api.ConsumedCapacity(
                consumed.tableName(),
                units(consumed.total()),
                Optional.empty(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    private static dev.stator.core.operations.api.ConsumedCapacity byIndex(
            ConsumedCapacity consumed) {
        return new dev.stator.core.operations.api.ConsumedCapacity(
                consumed.tableName(),
                units(consumed.total()),
                Optional.of(units(consumed.table())),
                units(consumed.localIndexes()),
                units(consumed.globalIndexes()));
    }

    private static Capacity units(dev.stator.model.capacity.Capacity capacity) {
        return Capacity.of(capacity.total());
    }

    private static SequencedMap<String, Capacity> units(
            SequencedMap<String, dev.stator.model.capacity.Capacity> indexes) {
        SequencedMap<String, Capacity> units = new LinkedHashMap<>();
        indexes.forEach((name, capacity) -> units.put(name, units(capacity)));
        return units;
    }
}
