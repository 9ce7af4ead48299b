package dev.stator.model.codec;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Items and values as bytes.
 *
 * <p>{@link #encode} and {@link #decode} put a format version first, for bytes that stand alone.
 * {@code write} and {@code read} leave it out, for use inside of a format that has a version of its
 * own. Equal values written in the same order of attributes give equal bytes.
 *
 * <pre>
 * encoded := version(1 byte) item
 * item    := count { name value }        names and strings: varint length, UTF-8
 * value   := tag(1 byte) payload         see {@link Tag}
 * </pre>
 */
public final class ItemCodec {
    /** Written first by {@link #encode}; the only version so far. */
    public static final int VERSION = 1;

    /** Nesting beyond this was not written by us: the service stops at 32 levels. */
    private static final int MAX_DEPTH = 64;

    /** A name of no characters and a value of no payload. */
    private static final int MIN_ENTRY_BYTES = 2;

    private ItemCodec() {}

    public static byte[] encode(Item item) {
        BinaryWriter writer = new BinaryWriter();
        writer.writeByte(VERSION);
        write(writer, item);
        return writer.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static Item decode(byte[] bytes) {
        return decode(new BinaryReader(bytes));
    }

    /** Reads what {@link #encode} wrote, up to the end of the reader. */
    public static Item decode(BinaryReader reader) {
        int version = reader.readByte();
        if (version != VERSION) {
            throw new MalformedEncodingException("unknown version of an item: " + version);
        }
        Item item = readItem(reader);
        reader.expectEnd();
        return item;
    }

    public static void write(BinaryWriter writer, Item item) {
        writeEntries(writer, item.attributes());
    }

    public static Item readItem(BinaryReader reader) {
        return readEntries(reader, 0).toItem();
    }

    public static void write(BinaryWriter writer, AttributeValue value) {
        switch (value) {
            case AttributeValue.S(String text) -> {
                writer.writeByte(Tag.STRING);
                writer.writeString(text);
            }
            case AttributeValue.N(DecimalNumber number) -> NumberCodec.write(writer, number);
            case AttributeValue.B(Bytes bytes) -> {
                writer.writeByte(Tag.BINARY);
                writer.writeBytes(bytes);
            }
            case AttributeValue.Bool(boolean bool) -> writer.writeByte(bool ? Tag.TRUE : Tag.FALSE);
            case AttributeValue.Null ignored -> writer.writeByte(Tag.NULL);
            case AttributeValue.StringSet(SequencedSet<String> members) -> {
                writeHead(writer, Tag.STRING_SET, members.size());
                members.forEach(writer::writeString);
            }
            case AttributeValue.NumberSet(SequencedSet<DecimalNumber> members) -> {
                writeHead(writer, Tag.NUMBER_SET, members.size());
                members.forEach(member -> NumberCodec.write(writer, member));
            }
            case AttributeValue.BinarySet(SequencedSet<Bytes> members) -> {
                writeHead(writer, Tag.BINARY_SET, members.size());
                members.forEach(writer::writeBytes);
            }
            case AttributeValue.L(List<AttributeValue> elements) -> {
                writeHead(writer, Tag.LIST, elements.size());
                for (AttributeValue element : elements) {
                    write(writer, element);
                }
            }
            case AttributeValue.M(SequencedMap<String, AttributeValue> entries) -> {
                writer.writeByte(Tag.MAP);
                writeEntries(writer, entries);
            }
        }
    }

    public static AttributeValue readValue(BinaryReader reader) {
        return readValue(reader, 0);
    }

    private static void writeHead(BinaryWriter writer, int tag, int count) {
        writer.writeByte(tag);
        writer.writeVarint(count);
    }

    private static void writeEntries(
            BinaryWriter writer, SequencedMap<String, AttributeValue> entries) {
        writer.writeVarint(entries.size());
        for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
            writer.writeString(entry.getKey());
            write(writer, entry.getValue());
        }
    }

    private static AttributeValue readValue(BinaryReader reader, int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedEncodingException("values nested too deep");
        }
        int tag = reader.readByte();
        return switch (tag) {
            case Tag.STRING -> new AttributeValue.S(reader.readString());
            case Tag.INTEGER, Tag.DECIMAL, Tag.BIG_DECIMAL ->
                    new AttributeValue.N(NumberCodec.readAfterTag(reader, tag));
            case Tag.BINARY -> new AttributeValue.B(reader.readBytes());
            case Tag.FALSE -> new AttributeValue.Bool(false);
            case Tag.TRUE -> new AttributeValue.Bool(true);
            case Tag.NULL -> AttributeValue.Null.INSTANCE;
            case Tag.STRING_SET -> readStringSet(reader);
            case Tag.NUMBER_SET -> readNumberSet(reader);
            case Tag.BINARY_SET -> readBinarySet(reader);
            case Tag.LIST -> readList(reader, depth + 1);
            case Tag.MAP -> readEntries(reader, depth + 1).toMap();
            default -> throw new MalformedEncodingException("unknown tag of a value: " + tag);
        };
    }

    private static AttributeValue readStringSet(BinaryReader reader) {
        int count = reader.readCount(1);
        SequencedSet<String> members = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
            addNew(members, reader.readString());
        }
        return new AttributeValue.StringSet(members);
    }

    private static AttributeValue readNumberSet(BinaryReader reader) {
        int count = reader.readCount(NumberCodec.MIN_BYTES);
        SequencedSet<DecimalNumber> members = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
            addNew(members, NumberCodec.read(reader));
        }
        return new AttributeValue.NumberSet(members);
    }

    private static AttributeValue readBinarySet(BinaryReader reader) {
        int count = reader.readCount(1);
        SequencedSet<Bytes> members = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
            addNew(members, reader.readBytes());
        }
        return new AttributeValue.BinarySet(members);
    }

    private static <T> void addNew(SequencedSet<T> members, T member) {
        if (!members.add(member)) {
            throw new MalformedEncodingException("a set with duplicates");
        }
    }

    private static AttributeValue readList(BinaryReader reader, int depth) {
        int count = reader.readCount(1);
        List<AttributeValue> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(readValue(reader, depth));
        }
        return new AttributeValue.L(elements);
    }

    private static AttributesBuilder readEntries(BinaryReader reader, int depth) {
        int count = reader.readCount(MIN_ENTRY_BYTES);
        AttributesBuilder entries = new AttributesBuilder(count);
        for (int i = 0; i < count; i++) {
            String name = reader.readString();
            if (!entries.put(name, readValue(reader, depth))) {
                throw new MalformedEncodingException("a name that occurs twice");
            }
        }
        return entries;
    }
}
