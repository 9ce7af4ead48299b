package dev.stator.core.wire;

import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.ItemCodec;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableDescriptorCodec;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What many messages are made of: identities, keys, items, and the ways to repeat or leave out. */
final class Fields {
    static final int NODE_BYTES = 16;

    /** The shortest member: a node and its role. */
    static final int MEMBER_BYTES = NODE_BYTES + 1;

    private static final EnumCode<Member.Role> MEMBER_ROLES =
            EnumCode.of(List.of(Member.Role.STORAGE, Member.Role.LOG));

    private Fields() {}

    static void writeNode(BinaryWriter writer, NodeId node) {
        writer.writeFixed64(node.high());
        writer.writeFixed64(node.low());
    }

    static NodeId readNode(BinaryReader reader) {
        return new NodeId(reader.readFixed64(), reader.readFixed64());
    }

    static void writeGroup(BinaryWriter writer, GroupId group) {
        writer.writeVarint(group.value());
    }

    static GroupId readGroup(BinaryReader reader) {
        return new GroupId(reader.readVarint());
    }

    static void writeBallot(BinaryWriter writer, Ballot ballot) {
        writer.writeVarint(ballot.round());
        writeNode(writer, ballot.owner());
    }

    static Ballot readBallot(BinaryReader reader) {
        return new Ballot(reader.readVarint(), readNode(reader));
    }

    static void writeMember(BinaryWriter writer, Member member) {
        writeNode(writer, member.node());
        MEMBER_ROLES.write(writer, member.role());
    }

    static Member readMember(BinaryReader reader) {
        return new Member(readNode(reader), MEMBER_ROLES.read(reader));
    }

    static void writeMembers(BinaryWriter writer, List<Member> members) {
        writeList(writer, members, Fields::writeMember);
    }

    static List<Member> readMembers(BinaryReader reader) {
        return readList(reader, MEMBER_BYTES, Fields::readMember);
    }

    static void writeKey(BinaryWriter writer, PlacementKey key) {
        writer.writeBytes(key.bytes());
    }

    static PlacementKey readKey(BinaryReader reader) {
        return new PlacementKey(reader.readBytes());
    }

    static void writeRange(BinaryWriter writer, KeyRange range) {
        writeKey(writer, range.from());
        writeNullable(writer, range.to(), Fields::writeKey);
    }

    static KeyRange readRange(BinaryReader reader) {
        PlacementKey from = readKey(reader);
        PlacementKey to = readNullable(reader, Fields::readKey);
        if (to != null && from.compareTo(to) > 0) {
            throw new MalformedEncodingException("a range that ends before it begins");
        }
        return new KeyRange(from, to);
    }

    /** A table in the form of its item, which has a version of its own. */
    static void writeTable(BinaryWriter writer, TableDescriptor table) {
        ItemCodec.write(writer, TableDescriptorCodec.toItem(table));
    }

    static TableDescriptor readTable(BinaryReader reader) {
        return TableDescriptorCodec.fromItem(ItemCodec.readItem(reader));
    }

    static void writeItem(BinaryWriter writer, Optional<Item> item) {
        writeOptional(writer, item, ItemCodec::write);
    }

    static Optional<Item> readItem(BinaryReader reader) {
        return readOptional(reader, ItemCodec::readItem);
    }

    static <T> void writeList(
            BinaryWriter writer, List<T> list, BiConsumer<BinaryWriter, T> element) {
        writer.writeVarint(list.size());
        for (T value : list) {
            element.accept(writer, value);
        }
    }

    /**
     * Reads a list.
     *
     * @param minBytesEach what an element takes at least; bounds what is allocated for a count that
     *     is a lie
     */
    static <T> List<T> readList(
            BinaryReader reader, int minBytesEach, Function<BinaryReader, T> element) {
        int count = reader.readCount(minBytesEach);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(reader));
        }
        return list;
    }

    static <V> void writeMap(
            BinaryWriter writer, SequencedMap<String, V> map, BiConsumer<BinaryWriter, V> value) {
        writer.writeVarint(map.size());
        for (Map.Entry<String, V> entry : map.entrySet()) {
            writer.writeString(entry.getKey());
            value.accept(writer, entry.getValue());
        }
    }

    static <V> SequencedMap<String, V> readMap(
            BinaryReader reader, Function<BinaryReader, V> value) {
        int count = reader.readCount(2);
        SequencedMap<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (map.put(reader.readString(), value.apply(reader)) != null) {
                throw new MalformedEncodingException("a name that occurs twice");
            }
        }
        return map;
    }

    static void writeContents(BinaryWriter writer, Contents contents) {
        writer.writeVarint(contents.itemCount());
        writer.writeVarint(contents.sizeBytes());
    }

    static Contents readContents(BinaryReader reader) {
        return new Contents(reader.readVarint(), reader.readVarint());
    }

    static <T> void writeOptional(
            BinaryWriter writer, Optional<T> value, BiConsumer<BinaryWriter, T> write) {
        writer.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            write.accept(writer, value.get());
        }
    }

    static <T> Optional<T> readOptional(BinaryReader reader, Function<BinaryReader, T> read) {
        return reader.readBoolean() ? Optional.of(read.apply(reader)) : Optional.empty();
    }

    static <T> void writeNullable(
            BinaryWriter writer, @Nullable T value, BiConsumer<BinaryWriter, T> write) {
        writer.writeBoolean(value != null);
        if (value != null) {
            write.accept(writer, value);
        }
    }

    static <T> @Nullable T readNullable(BinaryReader reader, Function<BinaryReader, T> read) {
        return reader.readBoolean() ? read.apply(reader) : null;
    }

    static MalformedEncodingException unknown(String what, int number) {
        return new MalformedEncodingException("unknown " + what + ": " + number);
    }
}
