package dev.stator.core.wire;

import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.Message.SnapshotChunk;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.table.TableDescriptorCodec;
import java.util.List;

/** What is said of replicas as a whole: their descriptors and their snapshots. */
final class HostingCodec {
    private static final int PUT = 1;
    private static final int DELETE = 2;

    /** A kind and the length of a key. */
    private static final int WRITE_BYTES_MIN = 2;

    private HostingCodec() {}

    static void write(BinaryWriter writer, ReplicaDescriptor descriptor) {
        Fields.writeGroup(writer, descriptor.group());
        writer.writeVarint(descriptor.tableId());
        Fields.writeRange(writer, descriptor.range());
        Fields.writeMembers(writer, descriptor.members());
        Fields.writeOptional(
                writer,
                descriptor.localSchema(),
                (out, schema) -> ItemCodec.write(out, TableDescriptorCodec.toItem(schema)));
    }

    static ReplicaDescriptor readDescriptor(BinaryReader reader) {
        return new ReplicaDescriptor(
                Fields.readGroup(reader),
                reader.readVarint(),
                Fields.readRange(reader),
                Fields.readMembers(reader),
                Fields.readOptional(
                        reader, in -> TableDescriptorCodec.schemaFromItem(ItemCodec.readItem(in))));
    }

    static void write(BinaryWriter writer, SnapshotChunk chunk) {
        Fields.writeGroup(writer, chunk.group());
        writer.writeVarint(chunk.snapshotId());
        writer.writeVarint(chunk.index());
        writer.writeVarint(chunk.lsn());
        writer.writeBytes(chunk.state());
        Fields.writeList(writer, chunk.writes(), HostingCodec::write);
        writer.writeBoolean(chunk.last());
    }

    static SnapshotChunk readChunk(BinaryReader reader) {
        return new SnapshotChunk(
                Fields.readGroup(reader),
                reader.readVarint(),
                reader.readVarint32(),
                reader.readVarint(),
                reader.readByteArray(),
                List.copyOf(Fields.readList(reader, WRITE_BYTES_MIN, HostingCodec::readWrite)),
                reader.readBoolean());
    }

    private static void write(BinaryWriter writer, StoreWrite write) {
        switch (write) {
            case StoreWrite.Put(byte[] key, byte[] value) -> {
                writer.writeByte(PUT);
                writer.writeBytes(key);
                writer.writeBytes(value);
            }
            case StoreWrite.Delete(byte[] key) -> {
                writer.writeByte(DELETE);
                writer.writeBytes(key);
            }
        }
    }

    private static StoreWrite readWrite(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case PUT -> new StoreWrite.Put(reader.readByteArray(), reader.readByteArray());
            case DELETE -> new StoreWrite.Delete(reader.readByteArray());
            default -> throw Fields.unknown("kind of store write", kind);
        };
    }
}
