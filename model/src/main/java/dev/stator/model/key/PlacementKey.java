package dev.stator.model.key;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where an item is placed: the hash of its partition key, the partition key, the sort key. A
 * partition of a table is a contiguous range of placement keys, ordered as unsigned bytes; items
 * with one partition key stand together, ordered by sort key (ATC'22, section 3).
 *
 * <pre>
 * key  := hash(8 bytes, big-endian) component+      see KeyComponent
 * hash := XXH64 of the components of the partition key
 * </pre>
 *
 * <p>Keys are prefix-free, and numerically equal numbers make equal keys. A bound of a range may be
 * any bytes: a hash alone, or a key cut short.
 */
public record PlacementKey(Bytes bytes) implements Comparable<PlacementKey> {
    /** The first of all keys: where the first partition of a table begins. */
    public static final PlacementKey FIRST = new PlacementKey(Bytes.EMPTY);

    static final int HASH_BYTES = Long.BYTES;

    /** The key of an item in a table without a sort key. */
    public static PlacementKey of(AttributeValue partitionKey) {
        return new PlacementKey(writeCollection(List.of(partitionKey)).toBytes());
    }

    /** The key of an item in a table with a sort key. */
    public static PlacementKey of(AttributeValue partitionKey, AttributeValue sortKey) {
        BinaryWriter writer = writeCollection(List.of(partitionKey));
        KeyComponent.write(writer, sortKey);
        return new PlacementKey(writer.toBytes());
    }

    /**
     * The key of an entry whose partition key has several attributes, or that has more than one
     * value behind it (the sort key of an index, and the key of the table that makes it unique).
     */
    public static PlacementKey of(
            List<AttributeValue> partitionKey, List<AttributeValue> following) {
        BinaryWriter writer = writeCollection(partitionKey);
        for (AttributeValue value : following) {
            KeyComponent.write(writer, value);
        }
        return new PlacementKey(writer.toBytes());
    }

    /** The bound at which the keys with this hash begin. */
    public static PlacementKey atHash(long hash) {
        BinaryWriter writer = new BinaryWriter(HASH_BYTES);
        writer.writeFixed64(hash);
        return new PlacementKey(writer.toBytes());
    }

    /** What all keys with this partition key begin with, and only they. */
    static BinaryWriter writeCollection(List<AttributeValue> partitionKey) {
        BinaryWriter writer = new BinaryWriter(64);
        writer.writeFixed64(0);
        for (AttributeValue value : partitionKey) {
            KeyComponent.write(writer, value);
        }
        writer.setFixed64(0, XxHash64.hash(writer.unsafeArray(), HASH_BYTES, writer.size()));
        return writer;
    }

    /** The smallest key greater than this one: where a page begins that goes on after it. */
    public PlacementKey next() {
        return new PlacementKey(Bytes.wrap(Arrays.copyOf(bytes.unsafeArray(), bytes.size() + 1)));
    }

    /**
     * What all keys with the same partition key begin with, and only they: it names the item
     * collection. Of keys only whose partition key has one attribute, as those of items and of
     * local indexes have.
     *
     * @throws MalformedEncodingException if this is not such a key
     */
    public PlacementKey collection() {
        BinaryReader reader = new BinaryReader(bytes);
        reader.readFixed64();
        KeyComponent.read(reader);
        return new PlacementKey(Bytes.wrap(Arrays.copyOf(bytes.unsafeArray(), reader.position())));
    }

    /** The hash of the partition key; of a bound, as much as it has of one, in the high bits. */
    public long hash() {
        long hash = 0;
        for (int i = 0; i < HASH_BYTES; i++) {
            hash = hash << Byte.SIZE | (i < bytes.size() ? bytes.at(i) & 0xFF : 0);
        }
        return hash;
    }

    /**
     * The key attributes, in the order of the key schema. Numbers come in canonical form.
     *
     * @throws MalformedEncodingException if this is not the key of an item
     */
    public List<AttributeValue> values() {
        BinaryReader reader = new BinaryReader(bytes);
        reader.readFixed64();
        List<AttributeValue> values = new ArrayList<>(2);
        while (reader.remaining() > 0) {
            values.add(KeyComponent.read(reader));
        }
        return values;
    }

    @Override
    public int compareTo(PlacementKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
