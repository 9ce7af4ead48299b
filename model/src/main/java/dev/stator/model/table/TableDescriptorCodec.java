package dev.stator.model.table;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A table's descriptor as an item, which is how the system group keeps it. Readers leave alone what
 * they do not know, so a newer version may add attributes; one that changes the meaning of an
 * attribute raises the format version, which older readers refuse.
 */
public final class TableDescriptorCodec {
    /** The newest version that is understood, and the one that is written. */
    public static final int VERSION = 1;

    private static final String FORMAT_VERSION = "FormatVersion";

    private TableDescriptorCodec() {}

    public static Item toItem(TableDescriptor table) {
        FieldWriter writer = new FieldWriter().number(FORMAT_VERSION, VERSION);
        TableIdentity identity = table.identity();
        writer.string("AccountId", identity.accountId())
                .string("TableName", identity.name())
                .number("TableId", identity.id().value())
                .number("CreatedAtMillis", identity.createdAtMillis())
                .constant("TableStatus", table.status());
        writeSchema(writer, table.schema());
        writeSettings(writer, table.settings());
        writer.records("Partitions", table.partitions(), TableDescriptorCodec::writePartition);
        return writer.toItem();
    }

    /**
     * Reads what {@link #toItem} made, in this or an older version.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static TableDescriptor fromItem(Item item) {
        FieldReader reader = new FieldReader(item.attributes());
        checkVersion(reader);
        try {
            return new TableDescriptor(
                    new TableIdentity(
                            reader.string("AccountId"),
                            reader.string("TableName"),
                            new TableId(reader.number("TableId")),
                            reader.number("CreatedAtMillis")),
                    reader.constant("TableStatus", TableStatus.class),
                    readSchema(reader),
                    readSettings(reader),
                    reader.records("Partitions", TableDescriptorCodec::readPartition));
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException("a table that cannot be", e);
        }
    }

    /** The keys and indexes of a table alone. */
    public static Item toItem(TableSchema schema) {
        FieldWriter writer = new FieldWriter().number(FORMAT_VERSION, VERSION);
        writeSchema(writer, schema);
        return writer.toItem();
    }

    /**
     * Reads what {@link #toItem(TableSchema)} made, in this or an older version.
     *
     * @throws MalformedEncodingException if it is not that
     */
    public static TableSchema schemaFromItem(Item item) {
        FieldReader reader = new FieldReader(item.attributes());
        checkVersion(reader);
        try {
            return readSchema(reader);
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException("a schema that cannot be", e);
        }
    }

    private static void checkVersion(FieldReader reader) {
        long version = reader.number(FORMAT_VERSION);
        if (version < 1 || version > VERSION) {
            throw new MalformedEncodingException("unknown version of a table: " + version);
        }
    }

    private static void writeSchema(FieldWriter writer, TableSchema schema) {
        KeyAttribute sortKey = schema.key().sortKey();
        writer.string("PartitionKey", schema.key().partitionKey().name())
                .string("SortKey", sortKey == null ? null : sortKey.name())
                .records(
                        "AttributeDefinitions",
                        List.copyOf(schema.attributeDefinitions().entrySet()),
                        (field, definition) ->
                                field.string("Name", definition.getKey())
                                        .constant("Type", definition.getValue()))
                .records("LocalIndexes", schema.localIndexes(), TableDescriptorCodec::writeIndex)
                .records(
                        "GlobalIndexes",
                        schema.globalIndexes(),
                        TableDescriptorCodec::writeGlobalIndex);
    }

    private static TableSchema readSchema(FieldReader reader) {
        SequencedMap<String, ScalarType> definitions = new LinkedHashMap<>();
        reader.records(
                "AttributeDefinitions",
                field ->
                        definitions.put(
                                field.string("Name"), field.constant("Type", ScalarType.class)));
        String sortKey = reader.stringIfPresent("SortKey");
        return new TableSchema(
                new KeySchema(
                        keyAttribute(definitions, reader.string("PartitionKey")),
                        sortKey == null ? null : keyAttribute(definitions, sortKey)),
                definitions,
                reader.records("LocalIndexes", field -> readLocalIndex(field, definitions)),
                reader.records("GlobalIndexes", field -> readGlobalIndex(field, definitions)));
    }

    private static KeyAttribute keyAttribute(Map<String, ScalarType> definitions, String name) {
        ScalarType type = definitions.get(name);
        if (type == null) {
            throw new MalformedEncodingException("a key attribute without a type: " + name);
        }
        return new KeyAttribute(name, type);
    }

    private static void writeIndex(FieldWriter writer, SecondaryIndex index) {
        writer.string("Name", index.name())
                .strings("PartitionKey", names(index.keySchema().partitionKey()))
                .strings("SortKey", names(index.keySchema().sortKey()))
                .constant("ProjectionType", index.projection().type())
                .strings("NonKeyAttributes", index.projection().nonKeyAttributes());
    }

    private static void writeGlobalIndex(FieldWriter writer, SecondaryIndex.Global index) {
        writeIndex(writer, index);
        writer.constant("Status", index.state().status())
                .bool("Backfilling", index.state().backfilling())
                .record("Throughput", throughput(index.throughput()))
                .number("IndexId", index.placement().id().value())
                .records(
                        "Partitions",
                        index.placement().partitions(),
                        TableDescriptorCodec::writePartition);
    }

    private static SecondaryIndex.Local readLocalIndex(
            FieldReader reader, Map<String, ScalarType> definitions) {
        return new SecondaryIndex.Local(
                reader.string("Name"), readIndexKey(reader, definitions), readProjection(reader));
    }

    private static SecondaryIndex.Global readGlobalIndex(
            FieldReader reader, Map<String, ScalarType> definitions) {
        return new SecondaryIndex.Global(
                reader.string("Name"),
                readIndexKey(reader, definitions),
                readProjection(reader),
                new SecondaryIndex.State(
                        reader.constant("Status", IndexStatus.class), reader.bool("Backfilling")),
                readThroughput(reader.record("Throughput")),
                reader.has("IndexId")
                        ? new SecondaryIndex.Placement(
                                new TableId(reader.number("IndexId")),
                                reader.records("Partitions", TableDescriptorCodec::readPartition))
                        : SecondaryIndex.Placement.NONE);
    }

    private static IndexKeySchema readIndexKey(
            FieldReader reader, Map<String, ScalarType> definitions) {
        return new IndexKeySchema(
                keyAttributes(definitions, reader.strings("PartitionKey")),
                keyAttributes(definitions, reader.strings("SortKey")));
    }

    private static IndexProjection readProjection(FieldReader reader) {
        return new IndexProjection(
                reader.constant("ProjectionType", ProjectionType.class),
                reader.strings("NonKeyAttributes"));
    }

    private static List<String> names(List<KeyAttribute> attributes) {
        List<String> names = new ArrayList<>(attributes.size());
        for (KeyAttribute attribute : attributes) {
            names.add(attribute.name());
        }
        return names;
    }

    private static List<KeyAttribute> keyAttributes(
            Map<String, ScalarType> definitions, List<String> names) {
        List<KeyAttribute> attributes = new ArrayList<>(names.size());
        for (String name : names) {
            attributes.add(keyAttribute(definitions, name));
        }
        return attributes;
    }

    private static FieldWriter throughput(Throughput throughput) {
        ThroughputChanges changes = throughput.changes();
        return new FieldWriter()
                .number("ReadUnits", throughput.provisioned().readUnits())
                .number("WriteUnits", throughput.provisioned().writeUnits())
                .number("LastIncreaseMillis", changes.lastIncreaseMillis())
                .number("LastDecreaseMillis", changes.lastDecreaseMillis())
                .number("DecreasesThatDay", changes.decreasesThatDay())
                .number("LeftAfterDecrease", changes.leftAfterDecrease())
                .number("MaxReadUnits", throughput.limits().readUnits())
                .number("MaxWriteUnits", throughput.limits().writeUnits())
                .number("WarmReadUnits", throughput.warm().readUnits())
                .number("WarmWriteUnits", throughput.warm().writeUnits());
    }

    private static Throughput readThroughput(FieldReader reader) {
        return new Throughput(
                new ProvisionedThroughput(reader.number("ReadUnits"), reader.number("WriteUnits")),
                new ThroughputChanges(
                        reader.numberIfPresent("LastIncreaseMillis"),
                        reader.numberIfPresent("LastDecreaseMillis"),
                        reader.integer("DecreasesThatDay"),
                        reader.integer("LeftAfterDecrease")),
                new ThroughputLimits(
                        reader.numberIfPresent("MaxReadUnits"),
                        reader.numberIfPresent("MaxWriteUnits")),
                new ProvisionedThroughput(
                        reader.number("WarmReadUnits"), reader.number("WarmWriteUnits")));
    }

    private static void writeSettings(FieldWriter writer, TableSettings settings) {
        TableSettings.Billing billing = settings.billing();
        writer.constant("BillingMode", billing.mode())
                .number("OnDemandSinceMillis", billing.onDemandSinceMillis())
                .record("Throughput", throughput(billing.throughput()));
        TableSettings.Storage storage = settings.storage();
        writer.constant("TableClass", storage.tableClass())
                .number("TableClassChangedAtMillis", storage.classChangedAtMillis())
                .string("KmsKeyArn", storage.kmsKeyArn());
        TableSettings.Stream stream = settings.stream();
        if (stream != null) {
            writer.record(
                    "Stream",
                    new FieldWriter()
                            .bool("Enabled", stream.enabled())
                            .constant("ViewType", stream.viewType())
                            .string("Label", stream.label()));
        }
        FieldWriter tags = new FieldWriter();
        settings.tags().forEach(tags::string);
        writer.bool("DeletionProtection", settings.deletionProtection()).record("Tags", tags);
    }

    private static TableSettings readSettings(FieldReader reader) {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, AttributeValue> tag : reader.map("Tags").entrySet()) {
            tags.put(tag.getKey(), FieldReader.stringOf("Tags", tag.getValue()));
        }
        return new TableSettings(
                new TableSettings.Billing(
                        reader.constant("BillingMode", BillingMode.class),
                        readThroughput(reader.record("Throughput")),
                        reader.numberIfPresent("OnDemandSinceMillis")),
                new TableSettings.Storage(
                        reader.constant("TableClass", TableClass.class),
                        reader.numberIfPresent("TableClassChangedAtMillis"),
                        reader.stringIfPresent("KmsKeyArn")),
                reader.has("Stream") ? readStream(reader.record("Stream")) : null,
                reader.bool("DeletionProtection"),
                tags);
    }

    private static TableSettings.Stream readStream(FieldReader reader) {
        return new TableSettings.Stream(
                reader.bool("Enabled"),
                reader.constant("ViewType", StreamViewType.class),
                reader.string("Label"));
    }

    private static void writePartition(FieldWriter writer, PartitionDescriptor partition) {
        PlacementKey to = partition.range().to();
        writer.number("PartitionId", partition.partitionId())
                .number("GroupId", partition.groupId())
                .bytes("From", partition.range().from().bytes());
        if (to != null) {
            writer.bytes("To", to.bytes());
        }
        writer.records("Members", partition.members(), TableDescriptorCodec::writeMember);
    }

    private static PartitionDescriptor readPartition(FieldReader reader) {
        @Nullable PlacementKey to = reader.has("To") ? new PlacementKey(reader.bytes("To")) : null;
        return new PartitionDescriptor(
                reader.number("PartitionId"),
                new KeyRange(new PlacementKey(reader.bytes("From")), to),
                reader.number("GroupId"),
                reader.records("Members", TableDescriptorCodec::readMember));
    }

    private static void writeMember(FieldWriter writer, MemberDescriptor member) {
        BinaryWriter node = new BinaryWriter(2 * Long.BYTES);
        node.writeFixed64(member.nodeHigh());
        node.writeFixed64(member.nodeLow());
        writer.bytes("Node", node.toBytes()).constant("Role", member.role());
    }

    private static MemberDescriptor readMember(FieldReader reader) {
        Bytes bytes = reader.bytes("Node");
        BinaryReader node = new BinaryReader(bytes);
        MemberDescriptor member =
                new MemberDescriptor(
                        node.readFixed64(),
                        node.readFixed64(),
                        reader.constant("Role", MemberDescriptor.Role.class));
        node.expectEnd();
        return member;
    }
}
