package dev.stator.core.operations;

import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.Select;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.LocalIndexRead;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.model.Item;
import dev.stator.model.capacity.Capacity;
import dev.stator.model.capacity.CapacityUnits;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.capacity.ReadKind;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Projection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.SecondaryIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the page that a Query or Scan asks for, after all has been checked. */
final class RangeAnswer {
    private final OperationContext context;
    private final TableReference reference;
    private final ReadTarget target;
    private final RangeRead read;
    private final Optional<Condition> filter;
    private final Optional<Projection> projection;

    RangeAnswer(
            OperationContext context,
            TableReference reference,
            ReadTarget target,
            RangeRead read,
            ReadExpressions expressions) {
        this.context = context;
        this.reference = reference;
        this.target = target;
        this.read = read;
        filter = expressions.filter();
        projection = expressions.projection();
    }

    /**
     * What a response is made of.
     *
     * @param items absent if only the count was asked for
     */
    record Result(Optional<List<Item>> items, ReadPage page, ConsumedCapacity consumed) {}

    /**
     * Reads a page of a range.
     *
     * @param range of keys of the table or index that is read
     */
    void read(KeyRange range, boolean forward, Consumer<Result> then) {
        KeyRange rest =
                read.exclusiveStartKey()
                        .map(key -> after(range, target.placementOf(key), forward))
                        .orElse(range);
        boolean countOnly = read.select().equals(Optional.of(Select.COUNT));
        PartitionRequest.Range how =
                new PartitionRequest.Range(
                        rest,
                        forward,
                        read.consistentRead(),
                        filter,
                        countOnly ? Optional.empty() : projection,
                        new PageBounds(read.limit().orElse(Integer.MAX_VALUE), TablePage.MAX_BYTES),
                        countOnly,
                        target.startKeyNames(),
                        localIndex());
        TablePage.read(
                context, target.table(), target.routedId(), how, page -> then.accept(result(page)));
    }

    private Optional<LocalIndexRead> localIndex() {
        return target.index().isPresent()
                        && target.index().get() instanceof SecondaryIndex.Local local
                ? Optional.of(new LocalIndexRead(local.name(), fetches()))
                : Optional.empty();
    }

    /** What is left of a range after the last page of it. */
    private static KeyRange after(KeyRange range, PlacementKey last, boolean forward) {
        PlacementKey end = range.to();
        if (forward) {
            PlacementKey next = last.next();
            if (next.compareTo(range.from()) <= 0) {
                return range;
            }
            return end != null && next.compareTo(end) >= 0
                    ? new KeyRange(end, end)
                    : new KeyRange(next, end);
        }
        if (end != null && last.compareTo(end) >= 0) {
            return range;
        }
        return last.compareTo(range.from()) <= 0
                ? new KeyRange(range.from(), range.from())
                : new KeyRange(range.from(), last);
    }

    /** Whether attributes are wanted that the local index does not have. */
    private boolean fetches() {
        if (target.entries().orElseThrow().projectsAll()) {
            return false;
        }
        if (read.select().equals(Optional.of(Select.ALL_ATTRIBUTES))) {
            return true;
        }
        List<DocumentPath> paths = new ArrayList<>();
        projection.ifPresent(present -> paths.addAll(present.paths()));
        filter.ifPresent(present -> present.forEachPath(paths::add));
        for (DocumentPath path : paths) {
            if (!target.entries().orElseThrow().projects(path.attribute())) {
                return true;
            }
        }
        return false;
    }

    private Result result(ReadPage page) {
        boolean countOnly = read.select().equals(Optional.of(Select.COUNT));
        return new Result(
                countOnly ? Optional.empty() : Optional.of(page.items()), page, consumed(page));
    }

    private ConsumedCapacity consumed(ReadPage page) {
        ReadKind kind = read.consistentRead() ? ReadKind.STRONG : ReadKind.EVENTUAL;
        Capacity units = Capacity.read(CapacityUnits.read(page.evaluatedBytes(), kind));
        ConsumedCapacity none = ConsumedCapacity.none(reference.given());
        if (target.index().isEmpty()) {
            return none.plusTable(units);
        }
        return switch (target.index().get()) {
            case SecondaryIndex.Local index ->
                    none.plusTable(Capacity.read(page.fetched().units() * kind.unitsPerBlock()))
                            .plusLocalIndex(index.name(), units);
            case SecondaryIndex.Global index -> none.plusGlobalIndex(index.name(), units);
        };
    }
}
