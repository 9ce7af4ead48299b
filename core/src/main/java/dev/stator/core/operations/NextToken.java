package dev.stator.core.operations;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.XxHash64;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where the next page of a SELECT begins, as a text that means nothing to clients. It holds for the
 * very statement and parameters that it was made for.
 *
 * @param read which of the reads that the statement comes to goes on
 * @param lastKey what the read ended with; empty where it has not begun
 */
record NextToken(int read, Optional<Item> lastKey) {
    /** Where a SELECT begins. */
    static final NextToken START = new NextToken(0, Optional.empty());

    private static final int VERSION = 1;

    /** What a token is bound to. */
    static long binding(String statement, List<AttributeValue> parameters) {
        BinaryWriter writer = new BinaryWriter();
        writer.writeString(statement);
        parameters.forEach(parameter -> ItemCodec.write(writer, parameter));
        byte[] bytes = writer.toByteArray();
        return XxHash64.hash(bytes, 0, bytes.length);
    }

    String encode(long binding) {
        BinaryWriter writer = new BinaryWriter();
        writer.writeByte(VERSION);
        writer.writeFixed64(binding);
        writer.writeVarint(read);
        writer.writeBoolean(lastKey.isPresent());
        lastKey.ifPresent(key -> ItemCodec.write(writer, key));
        return Base64.getEncoder().encodeToString(writer.toByteArray());
    }

    /**
     * Reads a token.
     *
     * @throws ApiException (validation) if it is none, or of another statement
     */
    static NextToken decode(String text, long binding) {
        try {
            BinaryReader reader = new BinaryReader(Base64.getDecoder().decode(text));
            if (reader.readByte() != VERSION) {
                throw invalid();
            }
            long boundTo = reader.readFixed64();
            int read = reader.readVarint32();
            Optional<Item> lastKey =
                    reader.readBoolean()
                            ? Optional.of(ItemCodec.readItem(reader))
                            : Optional.empty();
            reader.expectEnd();
            if (boundTo != binding) {
                throw ApiException.validation("NextToken does not match request");
            }
            return new NextToken(read, lastKey);
        } catch (IllegalArgumentException | MalformedEncodingException e) {
            throw invalid();
        }
    }

    static ApiException invalid() {
        return ApiException.validation("Invalid NextToken");
    }
}
