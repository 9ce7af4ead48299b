package dev.stator.core.operations;

import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.Item;
import dev.stator.model.capacity.CapacityUnits;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.capacity.ReadKind;
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
        return ofIndexes(ofWrite(reference, sizes), table, before, after);
    }

    /** The same for a write of a transaction: of the table twice as much, of indexes not more. */
    static ConsumedCapacity ofTransactedWrite(
            TableReference reference,
            TableDescriptor table,
            Sizes sizes,
            @Nullable Item before,
            @Nullable Item after) {
        return ofIndexes(ofTable(reference, sizes, WriteKind.TRANSACTIONAL), table, before, after);
    }

    /** What the read of one item, or of none, consumes in a transaction. */
    static ConsumedCapacity ofTransactedRead(TableReference reference, int sizeBytes) {
        return ConsumedCapacity.ofTable(
                reference.given(),
                dev.stator.model.capacity.Capacity.read(
                        CapacityUnits.read(sizeBytes, ReadKind.TRANSACTIONAL)));
    }

    private static ConsumedCapacity ofIndexes(
            ConsumedCapacity ofTable,
            TableDescriptor table,
            @Nullable Item before,
            @Nullable Item after) {
        ConsumedCapacity consumed = ofTable;
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
        return ofTable(reference, sizes, WriteKind.STANDARD);
    }

    private static ConsumedCapacity ofTable(TableReference reference, Sizes sizes, WriteKind kind) {
        return ConsumedCapacity.ofTable(
                reference.given(),
                write(CapacityUnits.write(sizes.beforeBytes(), sizes.afterBytes(), kind)));
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
        return of(asked, consumed, CapacityReport::sum);
    }

    /** What the response to a batch says, table by table. */
    static List<dev.stator.core.operations.api.ConsumedCapacity> of(
            ReturnConsumedCapacity asked, List<ConsumedCapacity> consumed) {
        return of(asked, consumed, CapacityReport::sum);
    }

    /** What the response to a transaction says, table by table, read and write units apart. */
    static List<dev.stator.core.operations.api.ConsumedCapacity> ofTransaction(
            ReturnConsumedCapacity asked, List<ConsumedCapacity> consumed) {
        return of(asked, consumed, CapacityReport::apart);
    }

    private static List<dev.stator.core.operations.api.ConsumedCapacity> of(
            ReturnConsumedCapacity asked, List<ConsumedCapacity> consumed, Form form) {
        List<dev.stator.core.operations.api.ConsumedCapacity> report = new ArrayList<>();
        for (ConsumedCapacity ofTable : consumed) {
            of(asked, ofTable, form).ifPresent(report::add);
        }
        return report;
    }

    private static Optional<dev.stator.core.operations.api.ConsumedCapacity> of(
            ReturnConsumedCapacity asked, ConsumedCapacity consumed, Form form) {
        return switch (asked) {
            case NONE -> Optional.empty();
            case TOTAL -> Optional.of(total(consumed, form));
            case INDEXES -> Optional.of(byIndex(consumed, form));
        };
    }

    private static dev.stator.core.operations.api.ConsumedCapacity total(
            ConsumedCapacity consumed, Form form) {
        return new dev.stator.core.operations.api.ConsumedCapacity(
                consumed.tableName(),
                form.of(consumed.total()),
                Optional.empty(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    private static dev.stator.core.operations.api.ConsumedCapacity byIndex(
            ConsumedCapacity consumed, Form form) {
        return new dev.stator.core.operations.api.ConsumedCapacity(
                consumed.tableName(),
                form.of(consumed.total()),
                Optional.of(form.of(consumed.table())),
                units(consumed.localIndexes(), form),
                units(consumed.globalIndexes(), form));
    }

    private static SequencedMap<String, Capacity> units(
            SequencedMap<String, dev.stator.model.capacity.Capacity> indexes, Form form) {
        SequencedMap<String, Capacity> units = new LinkedHashMap<>();
        indexes.forEach((name, capacity) -> units.put(name, form.of(capacity)));
        return units;
    }

    /** How units are told. */
    private interface Form {
        Capacity of(dev.stator.model.capacity.Capacity capacity);
    }

    private static Capacity sum(dev.stator.model.capacity.Capacity capacity) {
        return Capacity.of(capacity.total());
    }

    private static Capacity apart(dev.stator.model.capacity.Capacity capacity) {
        return new Capacity(
                capacity.total(), present(capacity.readUnits()), present(capacity.writeUnits()));
    }

    private static OptionalDouble present(double units) {
        return units == 0 ? OptionalDouble.empty() : OptionalDouble.of(units);
    }
}
