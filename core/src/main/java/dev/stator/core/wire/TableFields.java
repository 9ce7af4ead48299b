package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.Throughput;
import dev.stator.model.table.ThroughputChanges;
import dev.stator.model.table.ThroughputLimits;
import java.util.List;

/** The parts of a table that a change of it is made of. A whole table travels as its item. */
final class TableFields {
    private static final EnumCode<ScalarType> TYPES =
            EnumCode.of(List.of(ScalarType.S, ScalarType.N, ScalarType.B));
    private static final EnumCode<ProjectionType> PROJECTION_TYPES =
            EnumCode.of(
                    List.of(ProjectionType.ALL, ProjectionType.KEYS_ONLY, ProjectionType.INCLUDE));
    private static final EnumCode<IndexStatus> STATUSES =
            EnumCode.of(
                    List.of(
                            IndexStatus.CREATING,
                            IndexStatus.UPDATING,
                            IndexStatus.DELETING,
                            IndexStatus.ACTIVE));

    private TableFields() {}

    static void write(BinaryWriter writer, ScalarType type) {
        TYPES.write(writer, type);
    }

    static ScalarType readType(BinaryReader reader) {
        return TYPES.read(reader);
    }

    static void write(BinaryWriter writer, ProvisionedThroughput throughput) {
        writer.writeZigzag(throughput.readUnits());
        writer.writeZigzag(throughput.writeUnits());
    }

    static ProvisionedThroughput readThroughput(BinaryReader reader) {
        return new ProvisionedThroughput(reader.readZigzag(), reader.readZigzag());
    }

    static void write(BinaryWriter writer, ThroughputLimits limits) {
        Fields.writeNullable(writer, limits.readUnits(), BinaryWriter::writeZigzag);
        Fields.writeNullable(writer, limits.writeUnits(), BinaryWriter::writeZigzag);
    }

    static ThroughputLimits readLimits(BinaryReader reader) {
        return new ThroughputLimits(
                Fields.readNullable(reader, BinaryReader::readZigzag),
                Fields.readNullable(reader, BinaryReader::readZigzag));
    }

    static void write(BinaryWriter writer, SecondaryIndex.Global index) {
        writer.writeString(index.name());
        Fields.writeList(writer, index.keySchema().partitionKey(), TableFields::write);
        Fields.writeList(writer, index.keySchema().sortKey(), TableFields::write);
        PROJECTION_TYPES.write(writer, index.projection().type());
        Fields.writeList(writer, index.projection().nonKeyAttributes(), BinaryWriter::writeString);
        STATUSES.write(writer, index.state().status());
        writer.writeBoolean(index.state().backfilling());
        write(writer, index.throughput());
    }

    static SecondaryIndex.Global readIndex(BinaryReader reader) {
        return new SecondaryIndex.Global(
                reader.readString(),
                readKeySchema(reader),
                new IndexProjection(
                        PROJECTION_TYPES.read(reader),
                        Fields.readList(reader, 1, BinaryReader::readString)),
                new SecondaryIndex.State(STATUSES.read(reader), reader.readBoolean()),
                readWholeThroughput(reader));
    }

    private static IndexKeySchema readKeySchema(BinaryReader reader) {
        List<KeyAttribute> partitionKey = Fields.readList(reader, 2, TableFields::readAttribute);
        List<KeyAttribute> sortKey = Fields.readList(reader, 2, TableFields::readAttribute);
        int max = IndexKeySchema.MAX_ATTRIBUTES;
        if (partitionKey.isEmpty() || partitionKey.size() > max || sortKey.size() > max) {
            throw new MalformedEncodingException("not the key of an index");
        }
        return new IndexKeySchema(partitionKey, sortKey);
    }

    static void write(BinaryWriter writer, KeyAttribute attribute) {
        writer.writeString(attribute.name());
        write(writer, attribute.type());
    }

    static KeyAttribute readAttribute(BinaryReader reader) {
        return new KeyAttribute(reader.readString(), readType(reader));
    }

    private static void write(BinaryWriter writer, Throughput throughput) {
        write(writer, throughput.provisioned());
        ThroughputChanges changes = throughput.changes();
        Fields.writeNullable(writer, changes.lastIncreaseMillis(), BinaryWriter::writeZigzag);
        Fields.writeNullable(writer, changes.lastDecreaseMillis(), BinaryWriter::writeZigzag);
        writer.writeZigzag(changes.decreasesThatDay());
        writer.writeZigzag(changes.leftAfterDecrease());
        write(writer, throughput.limits());
        write(writer, throughput.warm());
    }

    private static Throughput readWholeThroughput(BinaryReader reader) {
        return new Throughput(
                readThroughput(reader),
                new ThroughputChanges(
                        Fields.readNullable(reader, BinaryReader::readZigzag),
                        Fields.readNullable(reader, BinaryReader::readZigzag),
                        reader.readZigzag32(),
                        reader.readZigzag32()),
                readLimits(reader),
                readThroughput(reader));
    }
}
