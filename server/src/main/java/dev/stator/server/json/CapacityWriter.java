package dev.stator.server.json;

import dev.stator.core.operations.api.Capacity;
import dev.stator.core.operations.api.ConsumedCapacity;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** Writes consumed capacity. */
final class CapacityWriter {
    private static final String NAME = "ConsumedCapacity";

    private CapacityWriter() {}

    static void writeOptional(Optional<ConsumedCapacity> consumed, JsonGenerator out) {
        if (consumed.isPresent()) {
            out.writeName(NAME);
            write(consumed.get(), out);
        }
    }

    /** Writes one per table; nothing where none was asked for. */
    static void writeList(List<ConsumedCapacity> consumed, JsonGenerator out) {
        if (consumed.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart(NAME);
        for (ConsumedCapacity one : consumed) {
            write(one, out);
        }
        out.writeEndArray();
    }

    private static void write(ConsumedCapacity consumed, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("TableName", consumed.tableName());
        writeMembers(consumed.total(), out);
        consumed.table().ifPresent(table -> write("Table", table, out));
        writeIndexes("LocalSecondaryIndexes", consumed.localSecondaryIndexes(), out);
        writeIndexes("GlobalSecondaryIndexes", consumed.globalSecondaryIndexes(), out);
        out.writeEndObject();
    }

    private static void writeIndexes(
            String name, SequencedMap<String, Capacity> indexes, JsonGenerator out) {
        if (indexes.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart(name);
        indexes.forEach((index, capacity) -> write(index, capacity, out));
        out.writeEndObject();
    }

    private static void write(String name, Capacity capacity, JsonGenerator out) {
        out.writeObjectPropertyStart(name);
        writeMembers(capacity, out);
        out.writeEndObject();
    }

    private static void writeMembers(Capacity capacity, JsonGenerator out) {
        out.writeNumberProperty("CapacityUnits", capacity.capacityUnits());
        capacity.readCapacityUnits()
                .ifPresent(units -> out.writeNumberProperty("ReadCapacityUnits", units));
        capacity.writeCapacityUnits()
                .ifPresent(units -> out.writeNumberProperty("WriteCapacityUnits", units));
    }
}
