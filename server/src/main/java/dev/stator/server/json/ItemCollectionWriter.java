package dev.stator.server.json;

import dev.stator.core.operations.api.ItemCollectionMetrics;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** Writes item collection metrics. */
final class ItemCollectionWriter {
    private ItemCollectionWriter() {}

    static void writeOptional(Optional<ItemCollectionMetrics> metrics, JsonGenerator out) {
        if (metrics.isPresent()) {
            out.writeName("ItemCollectionMetrics");
            write(metrics.get(), out);
        }
    }

    /** Writes those of several tables; nothing where there are none. */
    static void writeByTable(
            SequencedMap<String, List<ItemCollectionMetrics>> metrics, JsonGenerator out) {
        if (metrics.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("ItemCollectionMetrics");
        metrics.forEach((table, ofTable) -> writeList(table, ofTable, out));
        out.writeEndObject();
    }

    private static void writeList(
            String table, List<ItemCollectionMetrics> metrics, JsonGenerator out) {
        out.writeArrayPropertyStart(table);
        for (ItemCollectionMetrics one : metrics) {
            write(one, out);
        }
        out.writeEndArray();
    }

    private static void write(ItemCollectionMetrics metrics, JsonGenerator out) {
        out.writeStartObject();
        ItemWriter.write("ItemCollectionKey", metrics.itemCollectionKey(), out);
        out.writeArrayPropertyStart("SizeEstimateRangeGB");
        out.writeNumber(metrics.lowerBoundGigabytes());
        out.writeNumber(metrics.upperBoundGigabytes());
        out.writeEndArray();
        out.writeEndObject();
    }
}
