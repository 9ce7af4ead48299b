package dev.stator.core.operations;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.ReadFilter;
import dev.stator.core.operations.api.WriteCondition;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.ExpressionParser;
import java.util.Optional;

/** The conditions of writes and the filters of reads, in either form. */
final class Conditions {
    private Conditions() {}

    /** Checks a request whose only expression is the condition of a write. */
    static void checkForm(WriteCondition condition, ExpressionAttributes attributes) {
        new ExpressionForm()
                .legacy("Expected", condition.expected())
                .legacy("ConditionalOperator", condition.conditionalOperator())
                .valued("ConditionExpression", condition.expression())
                .briefly()
                .check(attributes);
    }

    /** Compiles the condition of a request that has no other expression. */
    static Optional<Condition> compile(WriteCondition condition, ExpressionAttributes attributes) {
        ExpressionContext placeholders = Placeholders.of(attributes);
        Optional<Condition> compiled = compile(condition, placeholders);
        placeholders.refuseUnused();
        return compiled;
    }

    static Optional<Condition> compile(WriteCondition condition, ExpressionContext placeholders) {
        return condition
                .expression()
                .map(text -> ExpressionParser.parseCondition(text, placeholders))
                .or(() -> LegacyForms.expected(condition));
    }

    static Optional<Condition> compile(ReadFilter filter, ExpressionContext placeholders) {
        return filter.expression()
                .map(text -> ExpressionParser.parseFilter(text, placeholders))
                .or(() -> LegacyForms.filter(filter));
    }
}
