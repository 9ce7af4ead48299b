package dev.stator.server.json;

import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.TransactWriteItemsResponse;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** TransactWriteItems. */
final class TransactWriteItemsCodec {
    private static final int ITEMS_MAX = 100;
    private static final String ITEMS = "transactItems";
    private static final StringMember TOKEN = new StringMember("clientRequestToken", 1, 36, false);

    private TransactWriteItemsCodec() {}

    static TransactWriteItemsRequest read(RequestReader in) {
        List<TransactWriteItem> items = null;
        Violations itemViolations = new Violations();
        String token = null;
        String returnConsumedCapacity = null;
        String returnItemCollectionMetrics = null;
        in.beginRequest("TransactWriteItemsInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "TransactItems" -> items = items(in, itemViolations);
                case "ClientRequestToken" -> token = in.string();
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                case "ReturnItemCollectionMetrics" -> returnItemCollectionMetrics = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        TOKEN.check(token, violations);
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        ReturnItemCollectionMetrics metrics =
                Members.RETURN_ITEM_COLLECTION_METRICS.check(
                        returnItemCollectionMetrics, ReturnItemCollectionMetrics.NONE, violations);
        if (items == null) {
            violations.addNull(ITEMS);
        } else {
            checkLength(items, JavaText::ofTransactWriteItems, violations);
        }
        violations.addAll(itemViolations);
        violations.throwIfAny();
        return new TransactWriteItemsRequest(
                Objects.requireNonNull(items), Optional.ofNullable(token), capacity, metrics);
    }

    /** Checks how many elements a transaction has. */
    static <E> void checkLength(
            List<E> items, Function<List<E>, String> shown, Violations violations) {
        if (items.isEmpty()) {
            violations.add("[]", ITEMS, "Member must have length greater than or equal to 1");
        } else if (items.size() > ITEMS_MAX) {
            violations.add(
                    shown.apply(items),
                    ITEMS,
                    "Member must have length less than or equal to " + ITEMS_MAX);
        }
    }

    /** Where an element stands, counted from 1, as messages say it. */
    static String path(int number) {
        return ITEMS + "." + number + ".member";
    }

    private static List<TransactWriteItem> items(RequestReader in, Violations violations) {
        List<TransactWriteItem> items = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            items.add(item(in, path(items.size() + 1), violations));
        }
        return items;
    }

    private static TransactWriteItem item(RequestReader in, String path, Violations violations) {
        List<TransactWriteItem.Action> actions = new ArrayList<>(1);
        in.beginStructure("TransactWriteItem", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ConditionCheck", "Put", "Delete", "Update" -> {
                    in.beginStructure(member, Position.MEMBER);
                    actions.add(new ActionMembers(member, path).read(in, violations));
                }
                default -> in.skip();
            }
        }
        return new TransactWriteItem(actions);
    }

    static void write(TransactWriteItemsResponse response, JsonGenerator out) {
        CapacityWriter.writeList(response.consumedCapacity(), out);
        ItemCollectionWriter.writeByTable(response.itemCollectionMetrics(), out);
    }
}
