package dev.stator.core.format;

import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptorCodec;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.LogEntry;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of {@link ReplicaRecord}: a format version, a kind, and the fields in order. The
 * WAL's frames carry the checksums.
 */
public final class ReplicaRecordCodec {
    private static final int VERSION = 1;
    private static final int HOSTED = 1;
    private static final int DROPPED = 2;
    private static final int PROMISED = 3;
    private static final int APPENDED = 4;
    private static final int ENTRY_BYTES_MIN = 2;
    private static final int MEMBER_BYTES = 17;

    /** What a record takes besides its entries, but for a descriptor with long keys. */
    private static final int HEADER_BYTES = 256;

    /** What an entry takes besides its payload. */
    private static final int ENTRY_OVERHEAD_BYTES = 48;

    private ReplicaRecordCodec() {}

    public static byte[] encode(ReplicaRecord record) {
        BinaryWriter out = new BinaryWriter(expectedBytes(record));
        write(out, record);
        return out.toByteArray();
    }

    /** Writes what {@link #encode} gives. */
    public static void write(BinaryWriter out, ReplicaRecord record) {
        out.writeByte(VERSION);
        switch (record) {
            case ReplicaRecord.Hosted(
                            ReplicaDescriptor descriptor,
                            GroupRecord.Checkpoint state) -> {
                out.writeByte(HOSTED);
                writeDescriptor(out, descriptor);
                writeCheckpoint(out, state);
            }
            case ReplicaRecord.Dropped(ReplicaDescriptor descriptor) -> {
                out.writeByte(DROPPED);
                writeDescriptor(out, descriptor);
            }
            case ReplicaRecord.Progress(GroupRecord progress) -> writeProgress(out, progress);
        }
    }

    private static int expectedBytes(ReplicaRecord record) {
        List<LogEntry> entries =
                switch (record) {
                    case ReplicaRecord.Hosted(var _, GroupRecord.Checkpoint state) ->
                            state.entries();
                    case ReplicaRecord.Progress(GroupRecord.Appended(List<LogEntry> appended)) ->
                            appended;
                    case ReplicaRecord.Progress _, ReplicaRecord.Dropped _ -> List.of();
                };
        int bytes = HEADER_BYTES;
        for (LogEntry entry : entries) {
            bytes += ENTRY_OVERHEAD_BYTES + entry.payload().length;
        }
        return bytes;
    }

    private static void writeProgress(BinaryWriter out, GroupRecord progress) {
        switch (progress) {
            case GroupRecord.Promised(Ballot ballot) -> {
                out.writeByte(PROMISED);
                writeBallot(out, ballot);
            }
            case GroupRecord.Appended(List<LogEntry> entries) -> {
                out.writeByte(APPENDED);
                writeEntries(out, entries);
            }
            case GroupRecord.Checkpoint ignored ->
                    throw new IllegalArgumentException(
                            "a checkpoint is written with the replica's descriptor");
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static ReplicaRecord decode(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedEncodingException(
                    "unknown version of a replica's record: " + version);
        }
        int kind = in.readByte();
        ReplicaRecord record =
                switch (kind) {
                    case HOSTED -> new ReplicaRecord.Hosted(readDescriptor(in), readCheckpoint(in));
                    case DROPPED -> new ReplicaRecord.Dropped(readDescriptor(in));
                    case PROMISED ->
                            new ReplicaRecord.Progress(new GroupRecord.Promised(readBallot(in)));
                    case APPENDED ->
                            new ReplicaRecord.Progress(new GroupRecord.Appended(readEntries(in)));
                    default ->
                            throw new MalformedEncodingException(
                                    "unknown kind of a replica's record: " + kind);
                };
        in.expectEnd();
        return record;
    }

    private static void writeCheckpoint(BinaryWriter out, GroupRecord.Checkpoint state) {
        writeBallot(out, state.promised());
        out.writeVarint(state.baseLsn());
        writeBallot(out, state.baseBallot());
        writeEntries(out, state.entries());
    }

    private static GroupRecord.Checkpoint readCheckpoint(BinaryReader in) {
        Ballot promised = readBallot(in);
        long baseLsn = in.readVarint();
        return new GroupRecord.Checkpoint(promised, baseLsn, readBallot(in), readEntries(in));
    }

    private static void writeDescriptor(BinaryWriter out, ReplicaDescriptor descriptor) {
        out.writeFixed64(descriptor.group().value());
        out.writeFixed64(descriptor.tableId());
        out.writeBytes(descriptor.range().from().bytes());
        PlacementKey to = descriptor.range().to();
        out.writeBoolean(to != null);
        if (to != null) {
            out.writeBytes(to.bytes());
        }
        out.writeVarint(descriptor.members().size());
        for (Member member : descriptor.members()) {
            writeNode(out, member.node());
            out.writeByte(member.role() == Member.Role.STORAGE ? 0 : 1);
        }
        out.writeBoolean(descriptor.localSchema().isPresent());
        descriptor
                .localSchema()
                .ifPresent(schema -> ItemCodec.write(out, TableDescriptorCodec.toItem(schema)));
    }

    private static ReplicaDescriptor readDescriptor(BinaryReader in) {
        GroupId group = new GroupId(in.readFixed64());
        long tableId = in.readFixed64();
        PlacementKey from = new PlacementKey(in.readBytes());
        @Nullable PlacementKey to = in.readBoolean() ? new PlacementKey(in.readBytes()) : null;
        int count = in.readCount(MEMBER_BYTES);
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            NodeId node = readNode(in);
            int role = in.readByte();
            if (role > 1) {
                throw new MalformedEncodingException("unknown role of a member: " + role);
            }
            members.add(new Member(node, role == 0 ? Member.Role.STORAGE : Member.Role.LOG));
        }
        Optional<TableSchema> localSchema =
                in.readBoolean()
                        ? Optional.of(TableDescriptorCodec.schemaFromItem(ItemCodec.readItem(in)))
                        : Optional.empty();
        return new ReplicaDescriptor(group, tableId, new KeyRange(from, to), members, localSchema);
    }

    /** Entries have consecutive LSNs, and few ballots: the ballot is written where it changes. */
    private static void writeEntries(BinaryWriter out, List<LogEntry> entries) {
        out.writeVarint(entries.size());
        if (entries.isEmpty()) {
            return;
        }
        out.writeVarint(entries.getFirst().lsn());
        Ballot ballot = Ballot.NONE;
        for (LogEntry entry : entries) {
            boolean sameBallot = entry.ballot().equals(ballot);
            out.writeByte((entry.kind() == LogEntry.Kind.COMMAND ? 0 : 1) | (sameBallot ? 0 : 2));
            if (!sameBallot) {
                ballot = entry.ballot();
                writeBallot(out, ballot);
            }
            out.writeBytes(entry.payload());
        }
    }

    private static List<LogEntry> readEntries(BinaryReader in) {
        int count = in.readCount(ENTRY_BYTES_MIN);
        if (count == 0) {
            return List.of();
        }
        long lsn = in.readVarint();
        Ballot ballot = Ballot.NONE;
        List<LogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int flags = in.readByte();
            if (flags > 3) {
                throw new MalformedEncodingException("unknown flags of a log entry: " + flags);
            }
            if ((flags & 2) != 0) {
                ballot = readBallot(in);
            }
            LogEntry.Kind kind =
                    (flags & 1) == 0 ? LogEntry.Kind.COMMAND : LogEntry.Kind.BALLOT_START;
            entries.add(new LogEntry(lsn + i, ballot, kind, in.readByteArray()));
        }
        return entries;
    }

    private static void writeBallot(BinaryWriter out, Ballot ballot) {
        out.writeVarint(ballot.round());
        writeNode(out, ballot.owner());
    }

    private static Ballot readBallot(BinaryReader in) {
        long round = in.readVarint();
        return new Ballot(round, readNode(in));
    }

    private static void writeNode(BinaryWriter out, NodeId node) {
        out.writeFixed64(node.high());
        out.writeFixed64(node.low());
    }

    private static NodeId readNode(BinaryReader in) {
        long high = in.readFixed64();
        return new NodeId(high, in.readFixed64());
    }
}
