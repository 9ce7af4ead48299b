package dev.stator.core.format;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;

/**
 * An entry of the log that is kept in the store because global secondary indexes follow from it.
 *
 * <pre>
 * recorded-bytes(varint) command        sealed, see SealedRow; CommandCodec, kinds 2 and 6
 * </pre>
 *
 * @param lsn of the entry
 * @param recordedBytes of all change records up to this one, itself included
 */
public record ChangeRecord(long lsn, long recordedBytes, Command.RecordedChanges changes) {
    private static final int HEADER_BYTES = 10;

    /**
     * The row of an entry.
     *
     * @param command the entry's payload
     */
    public static byte[] row(long recordedBytes, byte[] command) {
        BinaryWriter writer = new BinaryWriter(HEADER_BYTES + command.length);
        writer.writeVarint(recordedBytes);
        writer.writeRaw(command);
        return SealedRow.of(writer.toByteArray());
    }

    /**
     * Reads a row.
     *
     * @throws MalformedEncodingException if it is not a change record, or damaged
     */
    public static ChangeRecord read(byte[] key, byte[] row) {
        BinaryReader reader = new BinaryReader(SealedRow.open(row));
        long recordedBytes = reader.readVarint();
        Command command = CommandCodec.decode(reader.readRaw(reader.remaining()));
        if (command instanceof Command.CollectionChanges collections) {
            command = collections.changes();
        }
        if (!(command instanceof Command.RecordedChanges changes)) {
            throw new MalformedEncodingException("not a change record");
        }
        return new ChangeRecord(StoreKey.lsnOf(key), recordedBytes, changes);
    }
}
