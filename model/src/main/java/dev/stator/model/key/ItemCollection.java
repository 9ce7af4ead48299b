package dev.stator.model.key;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.codec.BinaryWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items with one partition-key value, ordered by sort key, and the ranges of them that a key
 * condition can ask for. Each range holds exactly the keys that meet the condition.
 */
public final class ItemCollection {
    private final byte[] prefix;

    private ItemCollection(byte[] prefix) {
        this.prefix = prefix;
    }

    public static ItemCollection of(AttributeValue partitionKey) {
        return of(List.of(partitionKey));
    }

    /** Of an index whose partition key has several attributes. */
    public static ItemCollection of(List<AttributeValue> partitionKey) {
        return new ItemCollection(PlacementKey.writeCollection(partitionKey).toByteArray());
    }

    /** The part with this value of the first (or next) sort-key attribute, where more follow. */
    public ItemCollection under(AttributeValue sortKey) {
        return new ItemCollection(withComponent(sortKey));
    }

    public KeyRange all() {
        return range(prefix, end(prefix));
    }

    public KeyRange equalTo(AttributeValue sortKey) {
        byte[] key = withComponent(sortKey);
        return range(key, end(key));
    }

    public KeyRange lessThan(AttributeValue sortKey) {
        return range(prefix, key(withComponent(sortKey)));
    }

    public KeyRange lessOrEqual(AttributeValue sortKey) {
        return range(prefix, end(withComponent(sortKey)));
    }

    public KeyRange greaterThan(AttributeValue sortKey) {
        PlacementKey after = end(withComponent(sortKey));
        return after == null ? nothing() : new KeyRange(after, end(prefix));
    }

    public KeyRange greaterOrEqual(AttributeValue sortKey) {
        return range(withComponent(sortKey), end(prefix));
    }

    /** Both bounds belong to it. Nothing is in it where they are in the wrong order. */
    public KeyRange between(AttributeValue low, AttributeValue high) {
        byte[] from = withComponent(low);
        byte[] to = withComponent(high);
        return Arrays.compareUnsigned(from, to) > 0 ? nothing() : range(from, end(to));
    }

    /** For strings and binary values. */
    public KeyRange beginsWith(AttributeValue start) {
        BinaryWriter writer = startWriter();
        KeyComponent.writePrefix(writer, start);
        byte[] from = writer.toByteArray();
        return range(from, end(from));
    }

    private byte[] withComponent(AttributeValue value) {
        BinaryWriter writer = startWriter();
        KeyComponent.write(writer, value);
        return writer.toByteArray();
    }

    private BinaryWriter startWriter() {
        BinaryWriter writer = new BinaryWriter(prefix.length + 32);
        writer.writeRaw(prefix);
        return writer;
    }

    private KeyRange nothing() {
        return range(prefix, key(prefix));
    }

    private static KeyRange range(byte[] from, @Nullable PlacementKey to) {
        return new KeyRange(key(from), to);
    }

    private static PlacementKey key(byte[] bytes) {
        return new PlacementKey(Bytes.wrap(bytes));
    }

    /**
     * The first key that does not begin with the given bytes and is greater; null if there is none.
     */
    private static @Nullable PlacementKey end(byte[] start) {
        int last = start.length - 1;
        while (last >= 0 && start[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] end = Arrays.copyOf(start, last + 1);
        end[last]++;
        return key(end);
    }
}
