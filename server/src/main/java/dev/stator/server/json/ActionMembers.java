package dev.stator.server.json;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.core.operations.api.TransactedChange;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The members of one action of a TransactWriteItems. */
final class ActionMembers {
    private final String kind;
    private final String path;
    private @Nullable String tableName;
    private @Nullable Item item;
    private @Nullable String updateExpression;
    private @Nullable String conditionExpression;
    private @Nullable SequencedMap<String, String> names;
    private @Nullable SequencedMap<String, AttributeValue> values;
    private @Nullable String returnValuesOnFailure;
    private Optional<String> malformedValues = Optional.empty();
    private Optional<String> malformedItem = Optional.empty();

    /**
     * @param kind the name of the action's member
     * @param element where the element stands that has the action, as messages say it
     */
    ActionMembers(String kind, String element) {
        this.kind = kind;
        path = element + "." + Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
    }

    TransactWriteItem.Action read(RequestReader in, Violations violations) {
        String member;
        while ((member = in.nextMember()) != null) {
            read(member, in);
        }
        return check(violations);
    }

    private void read(String member, RequestReader in) {
        boolean isPut = kind.equals("Put");
        switch (member) {
            case "TableName" -> tableName = in.string();
            case "ConditionExpression" -> conditionExpression = in.string();
            case "ExpressionAttributeNames" -> names = LegacyReader.names(in);
            case "ExpressionAttributeValues" -> {
                values = in.values().expressionValues();
                malformedValues = in.valueErrors().take();
            }
            case "ReturnValuesOnConditionCheckFailure" -> returnValuesOnFailure = in.string();
            default -> {
                if (member.equals(isPut ? "Item" : "Key")) {
                    item = in.values().item();
                    malformedItem = in.valueErrors().takeOf(item);
                } else if (member.equals("UpdateExpression") && kind.equals("Update")) {
                    updateExpression = in.string();
                } else {
                    in.skip();
                }
            }
        }
    }

    private TransactWriteItem.Action check(Violations violations) {
        TableNames.checkAt(path, tableName, violations);
        if (item == null) {
            violations.addNull(path + (kind.equals("Put") ? ".item" : ".key"));
        }
        if (updateExpression == null && kind.equals("Update")) {
            violations.addNull(path + ".updateExpression");
        }
        if (conditionExpression == null && kind.equals("ConditionCheck")) {
            violations.addNull(path + ".conditionExpression");
        }
        ReturnValuesOnConditionCheckFailure onFailure =
                Members.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE
                        .check(path, returnValuesOnFailure, violations)
                        .orElse(ReturnValuesOnConditionCheckFailure.NONE);
        return new TransactWriteItem.Action(
                tableName == null ? "" : tableName,
                change(item == null ? Item.EMPTY : item),
                new WriteCondition(
                        Optional.ofNullable(conditionExpression),
                        Optional.empty(),
                        Optional.empty(),
                        onFailure),
                new ExpressionAttributes(Optional.ofNullable(names), Optional.ofNullable(values)),
                new MalformedValues(malformedValues, malformedItem));
    }

    private TransactedChange change(Item keyed) {
        return switch (kind) {
            case "ConditionCheck" -> new TransactedChange.ConditionCheck(keyed);
            case "Put" -> new TransactedChange.Put(keyed);
            case "Delete" -> new TransactedChange.Delete(keyed);
            default ->
                    new TransactedChange.Update(
                            keyed, updateExpression == null ? "" : updateExpression);
        };
    }
}
