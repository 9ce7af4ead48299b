package dev.stator.core.operations;

import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.capacity.CapacityUnits;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.capacity.ReadKind;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads one page of a local secondary index. Its entries are not kept: they are made from the items
 * of the table whenever they are read, so they are as consistent as the read of the table is. Each
 * page costs a walk over the item collection (a Scan, over the table), and ends in an error where
 * that takes longer than a request may.
 *
 * <p>The walk holds on to those entries only that belong to the page: the first ones in the order
 * of the index, up to the bounds of the page.
 */
final class IndexPage {
    private final OperationContext context;
    private final TableDescriptor table;
    private final IndexEntries entries;
    private final IndexRead read;
    private final Consumer<Result> then;

    /** The entries of the page, as far as the walk has come, in the order of the index. */
    private final TreeMap<PlacementKey, Found> page = new TreeMap<>();

    private long pageBytes;

    private IndexPage(
            OperationContext context,
            TableDescriptor table,
            IndexRead read,
            Consumer<Result> then) {
        this.context = context;
        this.table = table;
        this.read = read;
        this.then = then;
        entries = new IndexEntries(table.key(), read.index());
    }

    /**
     * What is read of an index.
     *
     * @param entries the range of index keys, as {@link IndexEntries} makes them
     * @param items the range of the table in which all the items of these entries are
     * @param fetch whether attributes are wanted that the entries do not have
     */
    record IndexRead(
            SecondaryIndex.Local index,
            KeyRange entries,
            KeyRange items,
            PartitionRequest.Range how,
            boolean fetch) {}

    /**
     * A page of an index.
     *
     * @param fetchedUnits read units for the items of the table that had to be fetched
     */
    record Result(ReadPage page, double fetchedUnits) {}

    private record Found(Item item, IndexEntry entry, int entryBytes) {}

    /** Reads a page; errors end the operation. */
    static void read(
            OperationContext context,
            TableDescriptor table,
            IndexRead read,
            Consumer<Result> then) {
        IndexPage page = new IndexPage(context, table, read, then);
        if (read.entries().isEmpty()) {
            page.finish();
        } else {
            page.walk(read.items());
        }
    }

    private void walk(KeyRange rest) {
        PartitionRequest.Range step =
                new PartitionRequest.Range(
                        rest,
                        true,
                        read.how().consistent(),
                        Optional.of(isInIndex()),
                        Optional.empty(),
                        new PageBounds(Integer.MAX_VALUE, TablePage.MAX_BYTES),
                        false,
                        table.key().names());
        TablePage.read(
                context,
                table,
                table.id(),
                step,
                found -> {
                    found.items().forEach(this::add);
                    if (found.lastKey().isEmpty()) {
                        finish();
                        return;
                    }
                    PlacementKey last = table.key().placementKey(found.lastKey().get());
                    walk(new KeyRange(last.next(), rest.to()));
                });
    }

    /** Lets the partitions leave out what can not have an entry. */
    private Condition isInIndex() {
        List<Condition> terms = new ArrayList<>();
        for (KeyAttribute attribute : read.index().keySchema().attributes()) {
            terms.add(
                    new Condition.AttributeType(
                            new Operand.Path(DocumentPath.of(attribute.name())),
                            attribute.type().name()));
        }
        return new Condition.And(terms);
    }

    private void add(Item item) {
        Optional<IndexEntry> entry = entries.of(item);
        if (entry.isEmpty() || !read.entries().contains(entry.get().key())) {
            return;
        }
        Found found = new Found(item, entry.get(), entry.get().sizeBytes());
        page.put(found.entry().key(), found);
        pageBytes += found.entryBytes();
        while (page.size() > read.how().bounds().maxItems()
                || pageBytes - farthest().entryBytes() >= read.how().bounds().maxBytes()) {
            Found dropped = farthest();
            page.remove(dropped.entry().key());
            pageBytes -= dropped.entryBytes();
        }
    }

    private Found farthest() {
        return (read.how().forward() ? page.lastEntry() : page.firstEntry()).getValue();
    }

    private void finish() {
        boolean full =
                page.size() == read.how().bounds().maxItems()
                        || pageBytes >= read.how().bounds().maxBytes();
        Optional<Item> lastKey =
                full ? Optional.of(entries.keyOf(farthest().item())) : Optional.empty();
        List<Item> items = new ArrayList<>();
        int count = 0;
        double fetchedUnits = 0;
        ReadKind kind = read.how().consistent() ? ReadKind.STRONG : ReadKind.EVENTUAL;
        for (Found found : (read.how().forward() ? page : page.descendingMap()).values()) {
            if (read.fetch()) {
                fetchedUnits += CapacityUnits.read(ItemSize.of(found.item()), kind);
            }
            Item view = read.fetch() ? found.item() : found.entry().projected();
            if (read.how().filter().isEmpty() || read.how().filter().get().matches(view)) {
                count++;
                if (!read.how().countOnly()) {
                    items.add(read.how().projection().map(kept -> kept.apply(view)).orElse(view));
                }
            }
        }
        then.accept(
                new Result(
                        new ReadPage(items, count, page.size(), pageBytes, lastKey), fetchedUnits));
    }
}
