package dev.stator.core.partition;

import dev.stator.core.format.StoredItem;
import dev.stator.core.wire.PartitionRequest.LocalIndexRead;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Fetched;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.capacity.CapacityUnits;
import dev.stator.model.capacity.ReadKind;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page of a local index from the items of its entries, where attributes are wanted that the
 * entries lack. The items are in the same partition; each is charged for itself.
 *
 * <p>An item is read after its entry, as it is then. Where it is not in the index any more, or at
 * another place of it, it is left out, as if the entry had been read at the same later moment. The
 * page ends with the entry at which the items have as many bytes as a page may.
 *
 * <p>Single owner. A few items are asked for at a time.
 */
final class ItemFetch {
    /** Items that are asked for at a time. */
    private static final int FETCHES_MAX = 32;

    private final PartitionHost host;
    private final CommittedItems items;
    private final LocalIndexes indexes;
    private final Range request;
    private final LocalIndexRead index;
    private final Page entries;
    private final List<byte @Nullable []> values = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private Consumer<PartitionResponse> then = answer -> {};
    private int next;
    private int outstanding;
    private boolean advancing;
    private @Nullable PartitionResponse failed;

    private final List<Item> found = new ArrayList<>();
    private int count;
    private int evaluatedCount;
    private long evaluatedBytes;
    private Fetched fetched = Fetched.NONE;

    /**
     * @param entries the page of entries, see {@link #entriesOf}
     */
    ItemFetch(
            PartitionHost host,
            CommittedItems items,
            LocalIndexes indexes,
            Range request,
            Page entries) {
        this.host = host;
        this.items = items;
        this.indexes = indexes;
        this.request = request;
        this.index = request.index().orElseThrow();
        this.entries = entries;
    }

    /** What is to be read of the index before the items are fetched: the entries as they are. */
    static Range entriesOf(Range request) {
        return new Range(
                request.range(),
                request.forward(),
                request.consistent(),
                Optional.empty(),
                Optional.empty(),
                request.bounds(),
                false,
                request.keyNames(),
                request.index());
    }

    void start(Consumer<PartitionResponse> answer) {
        then = answer;
        advance();
    }

    /** Completions may come from within the call that asks, and are not to nest. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        while (outstanding == 0) {
            Optional<Page> page = takeFetched();
            if (failed != null) {
                then.accept(failed);
                return;
            }
            if (page.isPresent()) {
                then.accept(page.get());
                return;
            }
            ask();
        }
        advancing = false;
    }

    private void ask() {
        int size = Math.min(FETCHES_MAX, entries.items().size() - next);
        outstanding = size;
        for (int i = 0; i < size; i++) {
            int at = i;
            byte[] key = indexes.storeKeyOf(entries.items().get(next + i));
            keys.add(key);
            values.add(null);
            items.read(
                    key,
                    value -> {
                        values.set(at, value);
                        arrived();
                    },
                    () -> {
                        failed = Refusals.DAMAGED;
                        arrived();
                    });
        }
    }

    private void arrived() {
        outstanding--;
        if (outstanding == 0) {
            advance();
        }
    }

    /** Takes what has arrived; gives the page where that ends it. */
    private Optional<Page> takeFetched() {
        for (int i = 0; i < values.size() && failed == null; i++) {
            Item entry = entries.items().get(next);
            next++;
            take(entry, keys.get(i), values.get(i));
            if (fetched.bytes() >= request.bounds().maxBytes() && next < entries.items().size()) {
                return Optional.of(
                        page(Optional.of(PageCollector.keyOf(entry, request.keyNames()))));
            }
        }
        values.clear();
        keys.clear();
        return next == entries.items().size()
                ? Optional.of(page(entries.lastKey()))
                : Optional.empty();
    }

    private void take(Item entry, byte[] key, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            StoredItem stored = StoredItem.parse(value);
            Item item = stored.item();
            if (!indexes.placementOf(index.name(), item)
                    .equals(indexes.placementOf(index.name(), entry))) {
                return;
            }
            evaluatedCount++;
            evaluatedBytes += ItemSize.of(entry);
            double units = CapacityUnits.read(stored.sizeBytes(), ReadKind.STRONG);
            fetched = fetched.plus(new Fetched(stored.sizeBytes(), (long) units));
            if (request.filter().isEmpty() || request.filter().get().matches(item)) {
                count++;
                if (!request.countOnly()) {
                    found.add(request.projection().map(kept -> kept.apply(item)).orElse(item));
                }
            }
        } catch (MalformedEncodingException e) {
            host.corrupt(key, String.valueOf(e.getMessage()));
            failed = Refusals.DAMAGED;
        } catch (RuntimeException | StackOverflowError e) {
            host.evaluationFailed(e);
            failed = Refusals.EVALUATION_FAILED;
        }
    }

    private Page page(Optional<Item> lastKey) {
        return new Page(found, count, evaluatedCount, evaluatedBytes, fetched, lastKey);
    }
}
