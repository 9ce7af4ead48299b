package dev.stator.server.json;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes items and attribute values. */
final class ItemWriter {
    private static final SerializedString S = new SerializedString("S");
    private static final SerializedString N = new SerializedString("N");
    private static final SerializedString B = new SerializedString("B");
    private static final SerializedString BOOL = new SerializedString("BOOL");
    private static final SerializedString NULL = new SerializedString("NULL");
    private static final SerializedString SS = new SerializedString("SS");
    private static final SerializedString NS = new SerializedString("NS");
    private static final SerializedString BS = new SerializedString("BS");
    private static final SerializedString L = new SerializedString("L");
    private static final SerializedString M = new SerializedString("M");

    /** In chars. */
    private static final int LONG_TEXT = 64;

    private ItemWriter() {}

    static void writeOptional(String name, Optional<Item> item, JsonGenerator out) {
        if (item.isPresent()) {
            write(name, item.get(), out);
        }
    }

    static void write(String name, Item item, JsonGenerator out) {
        out.writeName(name);
        writeEntries(item.attributes(), out);
    }

    static void writeList(String name, List<Item> items, JsonGenerator out) {
        out.writeArrayPropertyStart(name);
        for (Item item : items) {
            writeEntries(item.attributes(), out);
        }
        out.writeEndArray();
    }

    private static void writeEntries(
            SequencedMap<String, AttributeValue> entries, JsonGenerator out) {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
            out.writeName(entry.getKey());
            writeValue(entry.getValue(), out);
        }
        out.writeEndObject();
    }

    private static void writeValue(AttributeValue value, JsonGenerator out) {
        out.writeStartObject();
        switch (value) {
            case AttributeValue.S(String text) -> {
                out.writeName(S);
                writeText(text, out);
            }
            case AttributeValue.N(DecimalNumber number) -> {
                out.writeName(N);
                out.writeString(number.toString());
            }
            case AttributeValue.B(Bytes bytes) -> {
                out.writeName(B);
                writeBytes(bytes, out);
            }
            case AttributeValue.Bool(boolean bool) -> {
                out.writeName(BOOL);
                out.writeBoolean(bool);
            }
            case AttributeValue.Null() -> {
                out.writeName(NULL);
                out.writeBoolean(true);
            }
            case AttributeValue.L(List<AttributeValue> elements) -> writeElements(elements, out);
            case AttributeValue.M(SequencedMap<String, AttributeValue> entries) -> {
                out.writeName(M);
                writeEntries(entries, out);
            }
            case AttributeValue.StringSet set -> writeSet(set, out);
            case AttributeValue.NumberSet set -> writeSet(set, out);
            case AttributeValue.BinarySet set -> writeSet(set, out);
        }
        out.writeEndObject();
    }

    /**
     * Long ones as bytes, which are made and searched for what needs escapes much faster; most have
     * nothing that does, and are copied as they are.
     */
    private static void writeText(String text, JsonGenerator out) {
        if (text.length() < LONG_TEXT) {
            out.writeString(text);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (JsonEscapes.areNeeded(utf8)) {
            out.writeUTF8String(utf8, 0, utf8.length);
        } else {
            out.writeRawUTF8String(utf8, 0, utf8.length);
        }
    }

    private static void writeElements(List<AttributeValue> elements, JsonGenerator out) {
        out.writeName(L);
        out.writeStartArray();
        for (AttributeValue element : elements) {
            writeValue(element, out);
        }
        out.writeEndArray();
    }

    /** The service gives the members of a set in their own order, not as they were written. */
    private static <T> Collection<T> ordered(Collection<T> members, Comparator<T> order) {
        return members.size() < 2 ? members : members.stream().sorted(order).toList();
    }

    private static void writeSet(AttributeValue.StringSet set, JsonGenerator out) {
        out.writeName(SS);
        out.writeStartArray();
        for (String member : ordered(set.members(), Utf8::compare)) {
            writeText(member, out);
        }
        out.writeEndArray();
    }

    private static void writeSet(AttributeValue.NumberSet set, JsonGenerator out) {
        out.writeName(NS);
        out.writeStartArray();
        for (DecimalNumber member : ordered(set.members(), Comparator.naturalOrder())) {
            out.writeString(member.toString());
        }
        out.writeEndArray();
    }

    private static void writeSet(AttributeValue.BinarySet set, JsonGenerator out) {
        out.writeName(BS);
        out.writeStartArray();
        for (Bytes member : ordered(set.members(), Comparator.naturalOrder())) {
            writeBytes(member, out);
        }
        out.writeEndArray();
    }

    private static void writeBytes(Bytes bytes, JsonGenerator out) {
        out.writeBinary(bytes.unsafeArray());
    }
}
