package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeMessage;
import dev.stator.replication.NodeMessage.GroupBallot;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of replication groups and between nodes.
 *
 * <p>In {@code Accept} and {@code Fetched} nearly all ballots are the message's own and LSNs follow
 * each other, so both are written relative to what is expected: an entry costs two bytes besides
 * its payload and length.
 */
final class ReplicationCodec {
    private static final int INQUIRY = 1;
    private static final int INQUIRY_ANSWER = 2;
    private static final int PREPARE = 3;
    private static final int PROMISE = 4;
    private static final int REFUSAL = 5;
    private static final int FETCH = 6;
    private static final int FETCHED = 7;
    private static final int ACCEPT = 8;
    private static final int ACCEPTED = 9;
    private static final int BEHIND = 10;
    private static final int RESIGNED = 11;

    private static final int HEARTBEAT = 1;
    private static final int HEARTBEAT_ANSWER = 2;

    private static final EnumCode<LogEntry.Kind> ENTRY_KINDS =
            EnumCode.of(List.of(LogEntry.Kind.COMMAND, LogEntry.Kind.BALLOT_START));

    /** Kind, ballot mark, LSN and length of the payload. */
    private static final int ENTRY_BYTES_MIN = 4;

    /** Group, round and owner. */
    private static final int GROUP_BALLOT_BYTES_MIN = 2 + Fields.NODE_BYTES;

    private ReplicationCodec() {}

    static void write(BinaryWriter writer, GroupMessage message) {
        switch (message) {
            case GroupMessage.Inquiry ignored -> start(writer, INQUIRY, message);
            case GroupMessage.InquiryAnswer(var ballot, boolean leaderHealthy) -> {
                start(writer, INQUIRY_ANSWER, message);
                writer.writeBoolean(leaderHealthy);
            }
            case GroupMessage.Prepare(var ballot, long committedLsn) -> {
                start(writer, PREPARE, message);
                writer.writeVarint(committedLsn);
            }
            case GroupMessage.Promise(
                            var ballot,
                            long lastLsn,
                            var lastBallot,
                            long trimmedLsn) -> {
                start(writer, PROMISE, message);
                writer.writeVarint(lastLsn);
                Fields.writeBallot(writer, lastBallot);
                writer.writeVarint(trimmedLsn);
            }
            case GroupMessage.Refusal(var ballot, var promised, boolean leaseHeld) -> {
                start(writer, REFUSAL, message);
                writeRelative(writer, promised, ballot);
                writer.writeBoolean(leaseHeld);
            }
            case GroupMessage.Fetch(var ballot, long fromLsn) -> {
                start(writer, FETCH, message);
                writer.writeVarint(fromLsn);
            }
            case GroupMessage.Fetched fetched -> write(writer, fetched);
            case GroupMessage.Accept accept -> write(writer, accept);
            case GroupMessage.Accepted accepted -> {
                start(writer, ACCEPTED, message);
                writer.writeVarint(accepted.lsn());
                writer.writeVarint(accepted.committedLsn());
                writer.writeVarint(accepted.flushedLsn());
                writer.writeVarint(accepted.grantIncarnation());
            }
            case GroupMessage.Behind(var ballot, long tryFromLsn, long flushedLsn) -> {
                start(writer, BEHIND, message);
                writer.writeVarint(tryFromLsn);
                writer.writeVarint(flushedLsn);
            }
            case GroupMessage.Resigned ignored -> start(writer, RESIGNED, message);
        }
    }

    private static void start(BinaryWriter writer, int kind, GroupMessage message) {
        writer.writeByte(kind);
        Fields.writeBallot(writer, message.ballot());
    }

    static GroupMessage readGroupMessage(BinaryReader reader) {
        int kind = reader.readByte();
        Ballot ballot = Fields.readBallot(reader);
        return switch (kind) {
            case INQUIRY -> new GroupMessage.Inquiry(ballot);
            case INQUIRY_ANSWER -> new GroupMessage.InquiryAnswer(ballot, reader.readBoolean());
            case PREPARE -> new GroupMessage.Prepare(ballot, reader.readVarint());
            case PROMISE ->
                    new GroupMessage.Promise(
                            ballot,
                            reader.readVarint(),
                            Fields.readBallot(reader),
                            reader.readVarint());
            case REFUSAL ->
                    new GroupMessage.Refusal(
                            ballot, readRelative(reader, ballot), reader.readBoolean());
            case FETCH -> new GroupMessage.Fetch(ballot, reader.readVarint());
            case FETCHED -> readFetched(reader, ballot);
            case ACCEPT -> readAccept(reader, ballot);
            case ACCEPTED ->
                    new GroupMessage.Accepted(
                            ballot,
                            reader.readVarint(),
                            reader.readVarint(),
                            reader.readVarint(),
                            reader.readVarint());
            case BEHIND ->
                    new GroupMessage.Behind(ballot, reader.readVarint(), reader.readVarint());
            case RESIGNED -> new GroupMessage.Resigned(ballot);
            default -> throw Fields.unknown("kind of group message", kind);
        };
    }

    private static void write(BinaryWriter writer, GroupMessage.Fetched fetched) {
        start(writer, FETCHED, fetched);
        writer.writeVarint(fetched.fromLsn());
        writer.writeVarint(fetched.lastLsn());
        writeEntries(writer, fetched.entries(), fetched.ballot(), fetched.fromLsn());
    }

    private static GroupMessage.Fetched readFetched(BinaryReader reader, Ballot ballot) {
        long fromLsn = reader.readVarint();
        long lastLsn = reader.readVarint();
        return new GroupMessage.Fetched(
                ballot, fromLsn, readEntries(reader, ballot, fromLsn), lastLsn);
    }

    private static void write(BinaryWriter writer, GroupMessage.Accept accept) {
        start(writer, ACCEPT, accept);
        writer.writeVarint(accept.previousLsn());
        writeRelative(writer, accept.previousBallot(), accept.ballot());
        writer.writeVarint(accept.committedLsn());
        writer.writeVarint(accept.trimLsn());
        writer.writeVarint(accept.incarnation());
        writeEntries(writer, accept.entries(), accept.ballot(), accept.previousLsn() + 1);
    }

    private static GroupMessage.Accept readAccept(BinaryReader reader, Ballot ballot) {
        long previousLsn = reader.readVarint();
        Ballot previousBallot = readRelative(reader, ballot);
        long committedLsn = reader.readVarint();
        long trimLsn = reader.readVarint();
        long incarnation = reader.readVarint();
        List<LogEntry> entries = readEntries(reader, ballot, previousLsn + 1);
        return new GroupMessage.Accept(
                ballot, previousLsn, previousBallot, entries, committedLsn, trimLsn, incarnation);
    }

    private static void writeEntries(
            BinaryWriter writer, List<LogEntry> entries, Ballot ballot, long firstLsn) {
        writer.writeVarint(entries.size());
        long expectedLsn = firstLsn;
        for (LogEntry entry : entries) {
            ENTRY_KINDS.write(writer, entry.kind());
            writeRelative(writer, entry.ballot(), ballot);
            writer.writeZigzag(entry.lsn() - expectedLsn);
            writer.writeBytes(entry.payload());
            expectedLsn = entry.lsn() + 1;
        }
    }

    private static List<LogEntry> readEntries(BinaryReader reader, Ballot ballot, long firstLsn) {
        int count = reader.readCount(ENTRY_BYTES_MIN);
        List<LogEntry> entries = new ArrayList<>(count);
        long expectedLsn = firstLsn;
        for (int i = 0; i < count; i++) {
            LogEntry.Kind kind = ENTRY_KINDS.read(reader);
            Ballot entryBallot = readRelative(reader, ballot);
            long lsn = expectedLsn + reader.readZigzag();
            entries.add(new LogEntry(lsn, entryBallot, kind, reader.readByteArray()));
            expectedLsn = lsn + 1;
        }
        return entries;
    }

    /** One byte if it is the expected one. */
    private static void writeRelative(BinaryWriter writer, Ballot ballot, Ballot expected) {
        boolean differs = !ballot.equals(expected);
        writer.writeBoolean(differs);
        if (differs) {
            Fields.writeBallot(writer, ballot);
        }
    }

    private static Ballot readRelative(BinaryReader reader, Ballot expected) {
        return reader.readBoolean() ? Fields.readBallot(reader) : expected;
    }

    static void write(BinaryWriter writer, NodeMessage message) {
        switch (message) {
            case NodeMessage.Heartbeat(
                            long incarnation,
                            long sequence,
                            long lastAnswerSeen,
                            var ceded) -> {
                writer.writeByte(HEARTBEAT);
                writer.writeVarint(incarnation);
                writer.writeVarint(sequence);
                writer.writeVarint(lastAnswerSeen);
                Fields.writeList(writer, ceded, ReplicationCodec::write);
            }
            case NodeMessage.HeartbeatAnswer answer -> {
                writer.writeByte(HEARTBEAT_ANSWER);
                writer.writeVarint(answer.incarnation());
                writer.writeVarint(answer.leaderIncarnation());
                writer.writeVarint(answer.sequence());
                writer.writeVarint(answer.number());
                writer.writeBoolean(answer.renews());
                Fields.writeList(writer, answer.withdrawn(), ReplicationCodec::write);
            }
        }
    }

    static NodeMessage readNodeMessage(BinaryReader reader) {
        int kind = reader.readByte();
        return switch (kind) {
            case HEARTBEAT ->
                    new NodeMessage.Heartbeat(
                            reader.readVarint(),
                            reader.readVarint(),
                            reader.readVarint(),
                            readGroupBallots(reader));
            case HEARTBEAT_ANSWER ->
                    new NodeMessage.HeartbeatAnswer(
                            reader.readVarint(),
                            reader.readVarint(),
                            reader.readVarint(),
                            reader.readVarint(),
                            reader.readBoolean(),
                            readGroupBallots(reader));
            default -> throw Fields.unknown("kind of node message", kind);
        };
    }

    private static void write(BinaryWriter writer, GroupBallot pair) {
        Fields.writeGroup(writer, pair.group());
        Fields.writeBallot(writer, pair.ballot());
    }

    private static List<GroupBallot> readGroupBallots(BinaryReader reader) {
        return Fields.readList(
                reader,
                GROUP_BALLOT_BYTES_MIN,
                from -> new GroupBallot(Fields.readGroup(from), Fields.readBallot(from)));
    }
}
