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
 * version(1) ballot-round(8) ballot-owner(16) max-delete-timestamp(8)
 * </pre>
 *
 * @param appliedBallot of the entry at the applied position; with the LSN it names the entry
 * @param maxDeleteMicros the latest timestamp of a delete in the partition, in microseconds since
 *     1970; zero where nothing was ever deleted. It stands for the timestamps of all items that are
 *     no more (ATC'23, section 3.3).
 */
public record PartitionState(Ballot appliedBallot, long maxDeleteMicros) {
    /** The only version so far. */
    private static final int VERSION = 1;

    private static final int ENCODED_BYTES = 1 + 4 * Long.BYTES;

    /** Of a replica that has applied nothing. */
    public static final PartitionState INITIAL = new PartitionState(Ballot.NONE, 0);

    public byte[] encode() {
        BinaryWriter writer = new BinaryWriter(ENCODED_BYTES);
        writer.writeByte(VERSION);
        writer.writeFixed64(appliedBallot.round());
        writer.writeFixed64(appliedBallot.owner().high());
        writer.writeFixed64(appliedBallot.owner().low());
        writer.writeFixed64(maxDeleteMicros);
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
        if (version != VERSION) {
            throw new MalformedEncodingException(
                    "unknown version of a replica's state: " + version);
        }
        long round = reader.readFixed64();
        NodeId owner = new NodeId(reader.readFixed64(), reader.readFixed64());
        PartitionState state = new PartitionState(new Ballot(round, owner), reader.readFixed64());
        reader.expectEnd();
        return state;
    }
}
