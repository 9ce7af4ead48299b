package dev.stator.core.operations.api;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Optional;

/**
 * A statement of PartiQL as a request has it.
 *
 * @param badParameter what is wrong with the first parameter that is no value; it is for the
 *     operation to refuse it, for in a batch it only concerns this statement
 */
public record StatementText(
        String statement,
        List<AttributeValue> parameters,
        boolean consistentRead,
        ReturnValuesOnConditionCheckFailure returnValuesOnFailure,
        Optional<ApiError> badParameter) {
    public StatementText {
        parameters = List.copyOf(parameters);
    }
}
