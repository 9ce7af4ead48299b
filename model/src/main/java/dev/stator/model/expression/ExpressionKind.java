package dev.stator.model.expression;

/** The parameters that hold an expression. The name begins every message about one. */
enum ExpressionKind {
    UPDATE("UpdateExpression"),
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    PROJECTION("ProjectionExpression"),
    KEY_CONDITION("KeyConditionExpression"),
    /** No parameter of its own, but part of a statement; messages name none. */
    STATEMENT("");

    private final String parameter;

    ExpressionKind(String parameter) {
        this.parameter = parameter;
    }

    String message(String problem) {
        return parameter.isEmpty() ? problem : "Invalid " + parameter + ": " + problem;
    }
}
