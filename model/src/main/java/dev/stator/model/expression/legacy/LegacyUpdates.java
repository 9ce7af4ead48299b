package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateExpression.AddAction;
import dev.stator.model.expression.UpdateExpression.DeleteAction;
import dev.stator.model.expression.UpdateExpression.Origin;
import dev.stator.model.expression.UpdateExpression.RemoveAction;
import dev.stator.model.expression.UpdateExpression.SetAction;
import dev.stator.model.expression.UpdateOperand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Makes updates of AttributeUpdates. */
public final class LegacyUpdates {
    private LegacyUpdates() {}

    /**
     * Converts AttributeUpdates; if it is empty, the update only makes sure that the item exists.
     *
     * @throws ApiException (validation) if an action does not go with its value
     */
    public static UpdateExpression of(SequencedMap<String, AttributeUpdate> updates) {
        List<SetAction> sets = new ArrayList<>();
        List<RemoveAction> removes = new ArrayList<>();
        List<AddAction> adds = new ArrayList<>();
        List<DeleteAction> deletes = new ArrayList<>();
        for (Map.Entry<String, AttributeUpdate> entry : updates.entrySet()) {
            DocumentPath path = DocumentPath.of(entry.getKey());
            AttributeUpdate update = entry.getValue();
            if (update.value().isEmpty()) {
                requireDelete(update);
                removes.add(new RemoveAction(path));
                continue;
            }
            AttributeValue value = update.value().get();
            checkType(update.action(), value);
            switch (update.action()) {
                case PUT -> sets.add(new SetAction(path, new UpdateOperand.Constant(value)));
                case ADD -> adds.add(new AddAction(path, value));
                case DELETE -> deletes.add(new DeleteAction(path, value));
            }
        }
        return new UpdateExpression(Origin.ATTRIBUTE_UPDATES, sets, removes, adds, deletes);
    }

    private static void requireDelete(AttributeUpdate update) {
        if (update.action() != AttributeUpdate.Action.DELETE) {
            throw ApiException.validation(
                    Messages.INVALID_PARAMETERS
                            + "Only DELETE action is allowed when"
                            + " no attribute value is specified");
        }
    }

    private static void checkType(AttributeUpdate.Action action, AttributeValue value) {
        boolean isSet =
                switch (value) {
                    case AttributeValue.StringSet ignored -> true;
                    case AttributeValue.NumberSet ignored -> true;
                    case AttributeValue.BinarySet ignored -> true;
                    default -> false;
                };
        boolean canBeAdded =
                isSet || value instanceof AttributeValue.N || value instanceof AttributeValue.L;
        if (action == AttributeUpdate.Action.ADD && !canBeAdded) {
            throw notSupported("ADD action", value);
        }
        if (action == AttributeUpdate.Action.DELETE && !isSet) {
            throw notSupported("DELETE action with value", value);
        }
    }

    private static ApiException notSupported(String what, AttributeValue value) {
        return ApiException.validation(
                Messages.INVALID_PARAMETERS
                        + what
                        + " is not supported for the type "
                        + value.typeName());
    }
}
