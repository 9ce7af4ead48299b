package dev.stator.core.operations.api;

import java.util.List;

/**
 * One element of a TransactWriteItems.
 *
 * @param actions those that it names; that there is exactly one is for the operation to check
 */
public record TransactWriteItem(List<Action> actions) {
    public TransactWriteItem {
        actions = List.copyOf(actions);
    }

    /**
     * One action.
     *
     * @param condition always an expression, if there is one
     */
    public record Action(
            String tableName,
            TransactedChange change,
            WriteCondition condition,
            ExpressionAttributes expressionAttributes,
            MalformedValues malformed) {}
}
