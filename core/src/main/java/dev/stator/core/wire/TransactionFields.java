package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;

/** What messages say of transactions. */
final class TransactionFields {
    private TransactionFields() {}

    static void write(BinaryWriter writer, TransactionId id) {
        writer.writeFixed64(id.high());
        writer.writeFixed64(id.low());
    }

    static TransactionId readId(BinaryReader reader) {
        return new TransactionId(reader.readFixed64(), reader.readFixed64());
    }

    static void write(BinaryWriter writer, TransactionMark mark) {
        write(writer, mark.id());
        writer.writeString(mark.ledgerKey());
        writer.writeFixed64(mark.timestampMicros());
    }

    static TransactionMark readMark(BinaryReader reader) {
        return new TransactionMark(readId(reader), reader.readString(), reader.readFixed64());
    }
}
