package dev.stator.model.key;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.nio.charset.StandardCharsets;

/**
 * One key attribute inside of a placement key: bytes whose unsigned order is the order of the API
 * (strings by UTF-8 bytes, numbers by value, binary by bytes). No encoding is a prefix of another
 * one, so components can follow each other.
 *
 * <pre>
 * component := tag text | tag number
 * text      := byte* 0x00       0x00 is written as 0x01 0x01, and 0x01 as 0x01 0x02
 * number    := see OrderedNumber
 * </pre>
 */
final class KeyComponent {
    private static final int STRING = 'S';
    private static final int NUMBER = 'N';
    private static final int BINARY = 'B';
    private static final int END = 0;
    private static final int ESCAPE = 1;

    private KeyComponent() {}

    /** Writes a whole component. Only strings, numbers and binary values can be keys. */
    static void write(BinaryWriter writer, AttributeValue value) {
        if (value instanceof AttributeValue.N(DecimalNumber number)) {
            writer.writeByte(NUMBER);
            OrderedNumber.write(writer, number);
        } else {
            writePrefix(writer, value);
            writer.writeByte(END);
        }
    }

    /** Writes the beginning that all components share whose text begins with the given one. */
    static void writePrefix(BinaryWriter writer, AttributeValue value) {
        switch (value) {
            case AttributeValue.S(String text) -> {
                writer.writeByte(STRING);
                writeEscaped(writer, text.getBytes(StandardCharsets.UTF_8));
            }
            case AttributeValue.B(Bytes bytes) -> {
                writer.writeByte(BINARY);
                writeEscaped(writer, bytes.unsafeArray());
            }
            default ->
                    throw new IllegalArgumentException(
                            "a " + value.typeName() + " cannot stand here in a key");
        }
    }

    private static void writeEscaped(BinaryWriter writer, byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & 0xFF) <= ESCAPE) {
                writer.writeRaw(bytes, from, i - from);
                writer.writeByte(ESCAPE);
                writer.writeByte(bytes[i] + 1);
                from = i + 1;
            }
        }
        writer.writeRaw(bytes, from, bytes.length - from);
    }

    static AttributeValue read(BinaryReader reader) {
        int tag = reader.readByte();
        return switch (tag) {
            case STRING -> new AttributeValue.S(new BinaryReader(asString(reader)).readString());
            case NUMBER -> new AttributeValue.N(OrderedNumber.read(reader));
            case BINARY -> new AttributeValue.B(Bytes.wrap(readEscaped(reader).toByteArray()));
            default -> throw new MalformedEncodingException("unknown tag in a key: " + tag);
        };
    }

    /** The text as the reader of strings wants it: with its length first. */
    private static byte[] asString(BinaryReader reader) {
        BinaryWriter text = readEscaped(reader);
        BinaryWriter withLength = new BinaryWriter(text.size() + Long.BYTES);
        withLength.writeVarint(text.size());
        withLength.writeRaw(text.unsafeArray(), 0, text.size());
        return withLength.toByteArray();
    }

    private static BinaryWriter readEscaped(BinaryReader reader) {
        BinaryWriter text = new BinaryWriter(reader.remaining());
        while (true) {
            int next = reader.readByte();
            if (next == END) {
                return text;
            }
            if (next == ESCAPE) {
                int escaped = reader.readByte();
                if (escaped != 1 && escaped != 2) {
                    throw new MalformedEncodingException("unknown escape in a key: " + escaped);
                }
                next = escaped - 1;
            }
            text.writeByte(next);
        }
    }
}
