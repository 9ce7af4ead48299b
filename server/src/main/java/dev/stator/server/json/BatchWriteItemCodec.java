package dev.stator.server.json;

import dev.stator.core.operations.api.BatchWriteItemRequest;
import dev.stator.core.operations.api.BatchWriteItemResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.WriteRequest;
import dev.stator.model.Item;
import dev.stator.model.error.Messages;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** BatchWriteItem. */
final class BatchWriteItemCodec {
    private static final int REQUESTS_MAX = 25;
    private static final String LENGTH_CONSTRAINT =
            "Map value must satisfy constraint: [Member must have length less than or equal to "
                    + REQUESTS_MAX
                    + ", Member must have length greater than or equal to 1]";

    private BatchWriteItemCodec() {}

    static BatchWriteItemRequest read(RequestReader in) {
        SequencedMap<String, List<WriteRequest>> requestItems = null;
        Violations itemViolations = new Violations();
        String returnConsumedCapacity = null;
        String returnItemCollectionMetrics = null;
        in.beginRequest("BatchWriteItemInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "RequestItems" -> requestItems = requestItems(in, itemViolations);
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                case "ReturnItemCollectionMetrics" -> returnItemCollectionMetrics = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        if (requestItems != null && requestItems.isEmpty()) {
            throw Violations.single(
                    "Value at 'RequestItems' failed to satisfy constraint:"
                            + " Member must have length greater than or equal to 1");
        }
        Violations violations = new Violations();
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        ReturnItemCollectionMetrics metrics =
                Members.RETURN_ITEM_COLLECTION_METRICS.check(
                        returnItemCollectionMetrics, ReturnItemCollectionMetrics.NONE, violations);
        if (requestItems == null) {
            violations.addNull("requestItems");
        } else {
            violations.addAll(itemViolations);
            if (violations.isEmpty()) {
                checkRequestItems(requestItems, violations);
            }
        }
        violations.throwIfAny();
        in.valueErrors().throwIfAny();
        return new BatchWriteItemRequest(Objects.requireNonNull(requestItems), capacity, metrics);
    }

    private static SequencedMap<String, List<WriteRequest>> requestItems(
            RequestReader in, Violations violations) {
        SequencedMap<String, List<WriteRequest>> requestItems = new LinkedHashMap<>();
        in.beginMap("java.util.List<" + RequestReader.shapeType("WriteRequest") + ">");
        String tableName;
        while ((tableName = in.nextKey()) != null) {
            if (!in.isNull()) {
                requestItems.put(tableName, writeRequests(in, tableName, violations));
            }
        }
        return requestItems;
    }

    private static List<WriteRequest> writeRequests(
            RequestReader in, String tableName, Violations violations) {
        List<WriteRequest> requests = new ArrayList<>();
        in.beginNestedList();
        while (in.nextElement()) {
            String path = "requestItems." + tableName + ".member." + (requests.size() + 1);
            requests.add(writeRequest(in, path + ".member", violations));
        }
        return requests;
    }

    private static WriteRequest writeRequest(RequestReader in, String path, Violations violations) {
        WriteRequest request = null;
        boolean several = false;
        in.beginStructure("WriteRequest", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "PutRequest" -> {
                    several |= request != null;
                    in.beginStructure("PutRequest", Position.MEMBER);
                    Item item = onlyItem(in, "Item", path + ".putRequest.item", violations);
                    request = new WriteRequest.Put(item);
                }
                case "DeleteRequest" -> {
                    several |= request != null;
                    in.beginStructure("DeleteRequest", Position.MEMBER);
                    Item key = onlyItem(in, "Key", path + ".deleteRequest.key", violations);
                    request = new WriteRequest.Delete(key);
                }
                default -> in.skip();
            }
        }
        if (request == null || several) {
            // The service takes it for an attribute value.
            in.valueErrors().add(Messages.SEVERAL_DATATYPES);
        }
        return request == null ? new WriteRequest.Delete(Item.EMPTY) : request;
    }

    /** Reads the one member of a PutRequest or DeleteRequest. */
    private static Item onlyItem(
            RequestReader in, String name, String path, Violations violations) {
        Item item = null;
        String member;
        while ((member = in.nextMember()) != null) {
            if (member.equals(name)) {
                item = in.values().item();
            } else {
                in.skip();
            }
        }
        if (item == null) {
            violations.addNull(path);
        }
        return item == null ? Item.EMPTY : item;
    }

    private static void checkRequestItems(
            SequencedMap<String, List<WriteRequest>> requestItems, Violations violations) {
        if (!requestItems.keySet().stream().allMatch(TableNames::isValid)) {
            violations.add(
                    JavaText.of(requestItems),
                    "requestItems",
                    Members.TABLE_NAME.asMapKeyConstraint());
        }
        requestItems.forEach((tableName, requests) -> {
            if (requests.isEmpty()) {
                violations.add(JavaText.of(requestItems), "requestItems", LENGTH_CONSTRAINT);
            } else if (requests.size() > REQUESTS_MAX) {
                violations.add(
                        "Value at 'RequestItems."
                                + tableName
                                + ".member' failed to satisfy constraint:"
                                + " Member must have length less than or equal to "
                                + REQUESTS_MAX);
            }
        });
    }

    static void write(BatchWriteItemResponse response, JsonGenerator out) {
        out.writeObjectPropertyStart("UnprocessedItems");
        response.unprocessedItems().forEach((table, requests) -> write(table, requests, out));
        out.writeEndObject();
        ItemCollectionWriter.writeByTable(response.itemCollectionMetrics(), out);
        CapacityWriter.writeList(response.consumedCapacity(), out);
    }

    private static void write(String table, List<WriteRequest> requests, JsonGenerator out) {
        out.writeArrayPropertyStart(table);
        for (WriteRequest request : requests) {
            out.writeStartObject();
            switch (request) {
                case WriteRequest.Put put -> {
                    out.writeObjectPropertyStart("PutRequest");
                    ItemWriter.write("Item", put.item(), out);
                }
                case WriteRequest.Delete delete -> {
                    out.writeObjectPropertyStart("DeleteRequest");
                    ItemWriter.write("Key", delete.key(), out);
                }
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
