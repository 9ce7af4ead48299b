package dev.stator.server.json;

import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the members that every statement has, wherever in a request it stands. */
final class StatementReader {
    private static final StringMember STATEMENT = new StringMember("statement", 1, 8192, false);
    private static final String PARAMETERS = "parameters";
    private static final EnumMember<ReturnValuesOnConditionCheckFailure> ON_FAILURE =
            Members.RETURN_VALUES_ON_CONDITION_CHECK_FAILURE;

    private @Nullable String statement;
    private @Nullable List<AttributeValue> parameters;
    private Optional<ApiError> badParameter = Optional.empty();
    private boolean consistentRead;
    private @Nullable String onFailure;
    private ReturnValuesOnConditionCheckFailure knownOnFailure =
            ReturnValuesOnConditionCheckFailure.NONE;

    /** Reads the member if it is one of these, else passes over it. */
    void read(String member, RequestReader in) {
        switch (member) {
            case "Statement" -> statement = in.string();
            case "Parameters" -> parameters(in);
            case "ConsistentRead" -> consistentRead = in.bool();
            case "ReturnValuesOnConditionCheckFailure" -> onFailure = in.string();
            default -> in.skip();
        }
    }

    private void parameters(RequestReader in) {
        ValueErrors errors = new ValueErrors(ValueWording.STATEMENT);
        parameters = new AttributeValueReader(in, errors).list();
        badParameter = errors.take().map(ApiError.Validation::new);
    }

    /** Checks the constraints of a statement at the top of a request. */
    void check(Violations violations) {
        if (statement == null) {
            violations.addNull(STATEMENT.name());
        }
        STATEMENT.check(statement, violations);
        checkParameters(PARAMETERS, violations);
        knownOnFailure =
                ON_FAILURE.check(onFailure, ReturnValuesOnConditionCheckFailure.NONE, violations);
    }

    /** Checks the constraints of a statement whose structure stands at the given path. */
    void check(String parent, Violations violations) {
        STATEMENT.checkRequired(parent, statement, violations);
        checkParameters(parent + "." + PARAMETERS, violations);
        knownOnFailure =
                ON_FAILURE
                        .check(parent, onFailure, violations)
                        .orElse(ReturnValuesOnConditionCheckFailure.NONE);
    }

    private void checkParameters(String path, Violations violations) {
        if (parameters != null && parameters.isEmpty()) {
            violations.add("[]", path, "Member must have length greater than or equal to 1");
        }
    }

    StatementText text() {
        return new StatementText(
                Objects.requireNonNull(statement),
                parameters == null ? List.of() : parameters,
                consistentRead,
                knownOnFailure,
                badParameter);
    }
}
