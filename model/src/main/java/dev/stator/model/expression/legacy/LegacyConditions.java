package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.KeyCondition;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.UnboundKeyCondition;
import dev.stator.model.expression.UnboundKeyCondition.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Makes conditions of Expected, QueryFilter and ScanFilter, and key conditions of KeyConditions.
 * All methods throw {@link ApiException} (validation) for what the service refuses.
 */
public final class LegacyConditions {
    private LegacyConditions() {}

    /**
     * Converts Expected.
     *
     * @param expected empty if the parameter is absent
     * @return empty if nothing is expected
     */
    public static Optional<Condition> ofExpected(
            SequencedMap<String, ExpectedAttribute> expected,
            Optional<ConditionalOperator> conditionalOperator) {
        List<Condition> conditions = new ArrayList<>(expected.size());
        for (Map.Entry<String, ExpectedAttribute> entry : expected.entrySet()) {
            conditions.add(ExpectedConditions.condition(entry.getKey(), entry.getValue()));
        }
        return join(conditions, conditionalOperator);
    }

    /**
     * Converts QueryFilter or ScanFilter.
     *
     * @param filter empty if the parameter is absent
     * @return empty if every item passes
     */
    public static Optional<Condition> ofFilter(
            SequencedMap<String, LegacyCondition> filter,
            Optional<ConditionalOperator> conditionalOperator) {
        List<Condition> conditions = new ArrayList<>(filter.size());
        for (Map.Entry<String, LegacyCondition> entry : filter.entrySet()) {
            ArgumentChecks.check(entry.getValue().operator(), entry.getValue().values());
            conditions.add(
                    condition(
                            entry.getKey(),
                            entry.getValue().operator(),
                            entry.getValue().values()));
        }
        return join(conditions, conditionalOperator);
    }

    private static Optional<Condition> join(
            List<Condition> conditions, Optional<ConditionalOperator> operator) {
        if (operator.isPresent() && conditions.isEmpty()) {
            throw ApiException.validation(
                    "ConditionalOperator cannot be used without Filter or Expected");
        }
        if (operator.isPresent() && conditions.size() == 1) {
            throw ApiException.validation(
                    "ConditionalOperator can only be used when Filter or Expected has two or more"
                            + " elements");
        }
        if (conditions.size() <= 1) {
            return conditions.stream().findFirst();
        }
        return Optional.of(
                operator.equals(Optional.of(ConditionalOperator.OR))
                        ? new Condition.Or(conditions)
                        : new Condition.And(conditions));
    }

    /** The condition of an operator whose arguments have been checked. */
    static Condition condition(
            String attribute, ComparisonOperator operator, List<AttributeValue> values) {
        DocumentPath path = DocumentPath.of(attribute);
        Operand operand = new Operand.Path(path);
        List<Operand> constants = new ArrayList<>(values.size());
        values.forEach(value -> constants.add(new Operand.Constant(value)));
        return switch (operator) {
            case EQ -> compare(Comparator.EQ, operand, constants);
            case NE -> compare(Comparator.NE, operand, constants);
            case LE -> compare(Comparator.LE, operand, constants);
            case LT -> compare(Comparator.LT, operand, constants);
            case GE -> compare(Comparator.GE, operand, constants);
            case GT -> compare(Comparator.GT, operand, constants);
            case IN -> new Condition.In(operand, constants);
            case BETWEEN ->
                    new Condition.Between(operand, constants.getFirst(), constants.getLast());
            case NOT_NULL -> new Condition.AttributeExists(path);
            case NULL -> new Condition.AttributeNotExists(path);
            case CONTAINS -> new Condition.Contains(operand, constants.getFirst());
            // Unlike the negation of CONTAINS it does not hold where there is no attribute.
            case NOT_CONTAINS ->
                    new Condition.And(
                            List.of(
                                    new Condition.AttributeExists(path),
                                    new Condition.Not(
                                            new Condition.Contains(
                                                    operand, constants.getFirst()))));
            case BEGINS_WITH -> new Condition.BeginsWith(operand, constants.getFirst());
        };
    }

    private static Condition compare(
            Comparator comparator, Operand operand, List<Operand> constants) {
        return new Condition.Comparison(comparator, operand, constants.getFirst());
    }

    /** Converts KeyConditions. */
    public static UnboundKeyCondition ofKeyConditions(
            SequencedMap<String, LegacyCondition> conditions) {
        if (conditions.isEmpty()) {
            throw ApiException.validation("Conditions must be at least length 1");
        }
        List<Clause> clauses = new ArrayList<>(conditions.size());
        for (Map.Entry<String, LegacyCondition> entry : conditions.entrySet()) {
            ArgumentChecks.check(entry.getValue().operator(), entry.getValue().values());
            clauses.add(clause(entry.getKey(), entry.getValue()));
        }
        return new UnboundKeyCondition(UnboundKeyCondition.Form.LEGACY, clauses);
    }

    private static Clause clause(String attribute, LegacyCondition condition) {
        List<AttributeValue> values = condition.values();
        return switch (condition.operator()) {
            case EQ -> Clause.of(new KeyCondition.Equal(attribute, values.getFirst()));
            case LE -> Clause.of(new KeyCondition.LessOrEqual(attribute, values.getFirst()));
            case LT -> Clause.of(new KeyCondition.LessThan(attribute, values.getFirst()));
            case GE -> Clause.of(new KeyCondition.GreaterOrEqual(attribute, values.getFirst()));
            case GT -> Clause.of(new KeyCondition.GreaterThan(attribute, values.getFirst()));
            case BETWEEN ->
                    Clause.of(
                            new KeyCondition.Between(
                                    attribute, values.getFirst(), values.getLast()));
            case BEGINS_WITH ->
                    Clause.of(new KeyCondition.BeginsWith(attribute, values.getFirst()));
            case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS ->
                    new Clause(attribute, Optional.empty());
        };
    }
}
