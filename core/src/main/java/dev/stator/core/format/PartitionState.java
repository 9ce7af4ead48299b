package dev.stator.core.format;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.Ballot;
import dev.stator.replication.NodeId;

/**
 * What a replica of a partition must know besides its items. It goes into the store with the
 * applied position in every batch ({@code StoreBatch.state}), so that it is always that of the
 * position; it follows from the log alone, so that all replicas have the same.
 *
 * <pre>
 * version(1) ballot-round(8) ballot-owner(16) max-delete-timestamp(8)          version 1
 *     own-rows(1) recorded-bytes(varint) trimmed-lsn(varint) trimmed-bytes(varint)    version 2
 * </pre>
 *
 * Version 2 is written only where version 1 would not do: for tables with global secondary indexes,
 * and for such indexes.
 *
 * @param appliedBallot of the entry at the applied position; with the LSN it names the entry
 * @param maxDeleteMicros the latest timestamp of a delete in the partition, in microseconds since
 *     1970; zero where nothing was ever deleted. It stands for the timestamps of all items that are
 *     no more (ATC'23, section 3.3).
 * @param records what the group keeps besides items
 */
public record PartitionState(Ballot appliedBallot, long maxDeleteMicros, Records records) {
    private static final int VERSION = 1;
    private static final int VERSION_WITH_RECORDS = 2;

    private static final int ENCODED_BYTES = 1 + 4 * Long.BYTES;

    /** Of a replica that has applied nothing. */
    public static final PartitionState INITIAL = new PartitionState(Ballot.NONE, 0);

    /** Of a group that has items only. */
    public PartitionState(Ballot appliedBallot, long maxDeleteMicros) {
        this(appliedBallot, maxDeleteMicros, Records.NONE);
    }

    /**
     * What a group keeps besides its items, in rows of its own (see {@link StoreKey}).
     *
     * @param ownRows whether it has a catalog of indexes or positions of feeds
     * @param recordedBytes of all change records that there ever were
     * @param trimmedLsn change records up to this one are gone
     * @param trimmedBytes of the change records that are gone
     */
    public record Records(boolean ownRows, long recordedBytes, long trimmedLsn, long trimmedBytes) {
        public static final Records NONE = new Records(false, 0, 0, 0);

        /** Of the change records that are left. */
        public long bytes() {
            return recordedBytes - trimmedBytes;
        }

        public Records withOwnRows() {
            return ownRows ? this : new Records(true, recordedBytes, trimmedLsn, trimmedBytes);
        }

        public Records plus(int bytes) {
            return new Records(ownRows, recordedBytes + bytes, trimmedLsn, trimmedBytes);
        }

        public Records trimmed(long upToLsn, long upToBytes) {
            return new Records(ownRows, recordedBytes, upToLsn, upToBytes);
        }
    }

    public byte[] encode() {
        BinaryWriter writer = new BinaryWriter(ENCODED_BYTES);
        boolean plain = records.equals(Records.NONE);
        writer.writeByte(plain ? VERSION : VERSION_WITH_RECORDS);
        writer.writeFixed64(appliedBallot.round());
        writer.writeFixed64(appliedBallot.owner().high());
        writer.writeFixed64(appliedBallot.owner().low());
        writer.writeFixed64(maxDeleteMicros);
        if (!plain) {
            writer.writeBoolean(records.ownRows());
            writer.writeVarint(records.recordedBytes());
            writer.writeVarint(records.trimmedLsn());
            writer.writeVarint(records.trimmedBytes());
        }
        return writer.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote; no bytes at all are the state of a replica that has applied
     * nothing.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static PartitionState decode(byte[] bytes) {
        if (bytes.length == 0) {
            return INITIAL;
        }
        BinaryReader reader = new BinaryReader(bytes);
        int version = reader.readByte();
        if (version != VERSION && version != VERSION_WITH_RECORDS) {
            throw new MalformedEncodingException(
                    "unknown version of a replica's state: " + version);
        }
        long round = reader.readFixed64();
        NodeId owner = new NodeId(reader.readFixed64(), reader.readFixed64());
        long maxDeleteMicros = reader.readFixed64();
        Records records =
                version == VERSION
                        ? Records.NONE
                        : new Records(
                                reader.readBoolean(),
                                reader.readVarint(),
                                reader.readVarint(),
                                reader.readVarint());
        PartitionState state =
                new PartitionState(new Ballot(round, owner), maxDeleteMicros, records);
        reader.expectEnd();
        return state;
    }
}
