package dev.stator.core.partition;

import dev.stator.core.format.StoredItem;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one page of a range read. Used by one thread at a time: by one that reads the store, then,
 * when that is done, by the partition's owner.
 */
final class PageCollector implements PartitionHost.Collector {
    private final Range request;
    private final int maxBytes;
    private final List<Item> items = new ArrayList<>();
    private int count;
    private int evaluatedCount;
    private long evaluatedBytes;
    private @Nullable Item lastKey;
    private @Nullable Corrupt corrupt;
    private @Nullable Throwable failure;

    /** A value that nobody can have written, where it stands and what is wrong with it. */
    record Corrupt(byte[] key, String detail) {}

    PageCollector(Range request) {
        this.request = request;
        this.maxBytes = Math.min(request.bounds().maxBytes(), Bounds.PAGE_BYTES_MAX);
    }

    @Override
    public boolean collect(byte[] key, byte[] value) {
        try {
            return take(StoredItem.parse(value));
        } catch (MalformedEncodingException e) {
            corrupt = new Corrupt(key, String.valueOf(e.getMessage()));
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            failure = e;
            return false;
        }
    }

    private boolean take(StoredItem stored) {
        evaluatedCount++;
        evaluatedBytes += stored.sizeBytes();
        if (request.filter().isEmpty() || request.filter().get().matches(stored.item())) {
            count++;
            if (!request.countOnly()) {
                items.add(projected(stored.item()));
            }
        }
        if (evaluatedCount < request.bounds().maxItems() && evaluatedBytes < maxBytes) {
            return true;
        }
        lastKey = keyOf(stored.item(), request.keyNames());
        return false;
    }

    private Item projected(Item item) {
        return request.projection().isPresent() ? request.projection().get().apply(item) : item;
    }

    /** The key attributes of an item or entry. */
    static Item keyOf(Item item, List<String> names) {
        AttributesBuilder key = new AttributesBuilder(names.size());
        for (int i = 0; i < names.size(); i++) {
            AttributeValue value = item.get(names.get(i));
            if (value != null) {
                key.put(names.get(i), value);
            }
        }
        return key.toItem();
    }

    /** Null where everything read was sound. */
    @Nullable Corrupt corrupt() {
        return corrupt;
    }

    /** What kept the filter or the projection from being evaluated; null where nothing did. */
    @Nullable Throwable failure() {
        return failure;
    }

    Page page() {
        return new Page(items, count, evaluatedCount, evaluatedBytes, Optional.ofNullable(lastKey));
    }
}
