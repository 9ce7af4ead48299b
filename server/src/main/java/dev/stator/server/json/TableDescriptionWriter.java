package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.BillingModeSummary;
import dev.stator.core.operations.api.GlobalSecondaryIndexDescription;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.LocalSecondaryIndexDescription;
import dev.stator.core.operations.api.OnDemandThroughput;
import dev.stator.core.operations.api.ProvisionedThroughputDescription;
import dev.stator.core.operations.api.SseDescription;
import dev.stator.core.operations.api.StreamSpecification;
import dev.stator.core.operations.api.TableClassSummary;
import dev.stator.core.operations.api.TableDescription;
import dev.stator.core.operations.api.WarmThroughputDescription;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes descriptions of tables and indexes. */
final class TableDescriptionWriter {
    private TableDescriptionWriter() {}

    static void write(String name, TableDescription table, JsonGenerator out) {
        out.writeObjectPropertyStart(name);
        writeDefinitions(table.attributeDefinitions(), out);
        out.writeStringProperty("TableName", table.tableName());
        writeKeySchema(table.keySchema(), out);
        out.writeStringProperty("TableStatus", table.tableStatus().name());
        StringsWriter.writeTime("CreationDateTime", table.creationMillis(), out);
        table.provisionedThroughput().ifPresent(units -> writeProvisioned(units, out));
        out.writeNumberProperty("TableSizeBytes", table.tableSizeBytes());
        out.writeNumberProperty("ItemCount", table.itemCount());
        StringsWriter.writeOptional("TableArn", table.tableArn(), out);
        StringsWriter.writeOptional("TableId", table.tableId(), out);
        table.billingModeSummary().ifPresent(summary -> writeBillingMode(summary, out));
        writeLocalIndexes(table.localSecondaryIndexes(), out);
        writeGlobalIndexes(table.globalSecondaryIndexes(), out);
        table.streamSpecification().ifPresent(stream -> writeStream(stream, out));
        StringsWriter.writeOptional("LatestStreamLabel", table.latestStreamLabel(), out);
        StringsWriter.writeOptional("LatestStreamArn", table.latestStreamArn(), out);
        table.sseDescription().ifPresent(sse -> writeSse(sse, out));
        table.tableClassSummary().ifPresent(summary -> writeTableClass(summary, out));
        table.deletionProtectionEnabled()
                .ifPresent(on -> out.writeBooleanProperty("DeletionProtectionEnabled", on));
        table.onDemandThroughput().ifPresent(bounds -> writeOnDemand(bounds, out));
        table.warmThroughput().ifPresent(warm -> writeWarm(warm, out));
        out.writeEndObject();
    }

    private static void writeDefinitions(List<AttributeDefinition> definitions, JsonGenerator out) {
        if (definitions.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("AttributeDefinitions");
        for (AttributeDefinition definition : definitions) {
            out.writeStartObject();
            out.writeStringProperty("AttributeName", definition.attributeName());
            out.writeStringProperty("AttributeType", definition.attributeType().name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeKeySchema(List<KeySchemaElement> elements, JsonGenerator out) {
        if (elements.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("KeySchema");
        for (KeySchemaElement element : elements) {
            out.writeStartObject();
            out.writeStringProperty("AttributeName", element.attributeName());
            out.writeStringProperty("KeyType", element.keyType().name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeProvisioned(
            ProvisionedThroughputDescription units, JsonGenerator out) {
        out.writeObjectPropertyStart("ProvisionedThroughput");
        StringsWriter.writeTime("LastIncreaseDateTime", units.lastIncreaseMillis(), out);
        StringsWriter.writeTime("LastDecreaseDateTime", units.lastDecreaseMillis(), out);
        out.writeNumberProperty("NumberOfDecreasesToday", units.numberOfDecreasesToday());
        out.writeNumberProperty("ReadCapacityUnits", units.readCapacityUnits());
        out.writeNumberProperty("WriteCapacityUnits", units.writeCapacityUnits());
        out.writeEndObject();
    }

    private static void writeBillingMode(BillingModeSummary summary, JsonGenerator out) {
        out.writeObjectPropertyStart("BillingModeSummary");
        out.writeStringProperty("BillingMode", summary.billingMode().name());
        StringsWriter.writeTime(
                "LastUpdateToPayPerRequestDateTime",
                summary.lastUpdateToPayPerRequestMillis(),
                out);
        out.writeEndObject();
    }

    private static void writeLocalIndexes(
            List<LocalSecondaryIndexDescription> indexes, JsonGenerator out) {
        if (indexes.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("LocalSecondaryIndexes");
        for (LocalSecondaryIndexDescription index : indexes) {
            out.writeStartObject();
            out.writeStringProperty("IndexName", index.indexName());
            writeKeySchema(index.keySchema(), out);
            writeProjection(index.projection(), out);
            out.writeNumberProperty("IndexSizeBytes", index.indexSizeBytes());
            out.writeNumberProperty("ItemCount", index.itemCount());
            out.writeStringProperty("IndexArn", index.indexArn());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeGlobalIndexes(
            List<GlobalSecondaryIndexDescription> indexes, JsonGenerator out) {
        if (indexes.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("GlobalSecondaryIndexes");
        for (GlobalSecondaryIndexDescription index : indexes) {
            out.writeStartObject();
            writeGlobalIndex(index, out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeGlobalIndex(GlobalSecondaryIndexDescription index, JsonGenerator out) {
        out.writeStringProperty("IndexName", index.indexName());
        writeKeySchema(index.keySchema(), out);
        writeProjection(index.projection(), out);
        out.writeStringProperty("IndexStatus", index.indexStatus().name());
        index.backfilling().ifPresent(on -> out.writeBooleanProperty("Backfilling", on));
        index.provisionedThroughput().ifPresent(units -> writeProvisioned(units, out));
        out.writeNumberProperty("IndexSizeBytes", index.indexSizeBytes());
        out.writeNumberProperty("ItemCount", index.itemCount());
        StringsWriter.writeOptional("IndexArn", index.indexArn(), out);
        index.onDemandThroughput().ifPresent(bounds -> writeOnDemand(bounds, out));
        index.warmThroughput().ifPresent(warm -> writeWarm(warm, out));
    }

    private static void writeProjection(IndexProjection projection, JsonGenerator out) {
        out.writeObjectPropertyStart("Projection");
        projection
                .projectionType()
                .ifPresent(type -> out.writeStringProperty("ProjectionType", type.name()));
        projection
                .nonKeyAttributes()
                .ifPresent(names -> StringsWriter.write("NonKeyAttributes", names, out));
        out.writeEndObject();
    }

    private static void writeStream(StreamSpecification stream, JsonGenerator out) {
        out.writeObjectPropertyStart("StreamSpecification");
        out.writeBooleanProperty("StreamEnabled", stream.streamEnabled());
        stream.streamViewType()
                .ifPresent(type -> out.writeStringProperty("StreamViewType", type.name()));
        out.writeEndObject();
    }

    private static void writeSse(SseDescription sse, JsonGenerator out) {
        out.writeObjectPropertyStart("SSEDescription");
        out.writeStringProperty("Status", sse.status().name());
        sse.sseType().ifPresent(type -> out.writeStringProperty("SSEType", type.name()));
        StringsWriter.writeOptional("KMSMasterKeyArn", sse.kmsMasterKeyArn(), out);
        out.writeEndObject();
    }

    private static void writeTableClass(TableClassSummary summary, JsonGenerator out) {
        out.writeObjectPropertyStart("TableClassSummary");
        out.writeStringProperty("TableClass", summary.tableClass().name());
        StringsWriter.writeTime("LastUpdateDateTime", summary.lastUpdateMillis(), out);
        out.writeEndObject();
    }

    private static void writeOnDemand(OnDemandThroughput bounds, JsonGenerator out) {
        out.writeObjectPropertyStart("OnDemandThroughput");
        bounds.maxReadRequestUnits()
                .ifPresent(units -> out.writeNumberProperty("MaxReadRequestUnits", units));
        bounds.maxWriteRequestUnits()
                .ifPresent(units -> out.writeNumberProperty("MaxWriteRequestUnits", units));
        out.writeEndObject();
    }

    private static void writeWarm(WarmThroughputDescription warm, JsonGenerator out) {
        out.writeObjectPropertyStart("WarmThroughput");
        out.writeNumberProperty("ReadUnitsPerSecond", warm.readUnitsPerSecond());
        out.writeNumberProperty("WriteUnitsPerSecond", warm.writeUnitsPerSecond());
        out.writeStringProperty("Status", warm.status().name());
        out.writeEndObject();
    }
}
