package dev.stator.core.operations;

import dev.stator.core.operations.api.BatchExecuteStatementRequest;
import dev.stator.core.operations.api.ExecuteStatementRequest;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes requests with statements for tests. */
final class Statements {
    private Statements() {}

    static StatementText text(String statement, Object... parameters) {
        return text(false, statement, parameters);
    }

    static StatementText text(boolean consistentRead, String statement, Object... parameters) {
        List<AttributeValue> values = new ArrayList<>();
        for (Object parameter : parameters) {
            values.add(TestItems.value(parameter));
        }
        return new StatementText(
                statement,
                values,
                consistentRead,
                ReturnValuesOnConditionCheckFailure.NONE,
                Optional.empty());
    }

    static ExecuteStatementRequest statement(String statement, Object... parameters) {
        return new ExecuteStatementRequest(
                text(statement, parameters),
                Optional.empty(),
                OptionalInt.empty(),
                ReturnConsumedCapacity.NONE);
    }

    static ExecuteStatementRequest page(
            String statement, int limit, Optional<String> nextToken, Object... parameters) {
        return new ExecuteStatementRequest(
                text(statement, parameters),
                nextToken,
                OptionalInt.of(limit),
                ReturnConsumedCapacity.NONE);
    }

    static ExecuteStatementRequest reporting(boolean consistentRead, String statement) {
        return new ExecuteStatementRequest(
                text(consistentRead, statement),
                Optional.empty(),
                OptionalInt.empty(),
                ReturnConsumedCapacity.INDEXES);
    }

    /** One that wants the item back where its condition fails. */
    static StatementText wantingItem(String statement) {
        return new StatementText(
                statement,
                List.of(),
                false,
                ReturnValuesOnConditionCheckFailure.ALL_OLD,
                Optional.empty());
    }

    static BatchExecuteStatementRequest batch(StatementText... statements) {
        return new BatchExecuteStatementRequest(List.of(statements), ReturnConsumedCapacity.TOTAL);
    }
}
