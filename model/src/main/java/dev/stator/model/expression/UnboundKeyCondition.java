package dev.stator.model.expression;

import dev.stator.model.error.ApiException;
import java.util.List;
import java.util.Optional;

/**
 * A key condition as a request gives it, not yet held against the key of the table or index. At
 * most one clause is about the same attribute.
 *
 * @param form how the request gives it, which messages depend on
 */
public record UnboundKeyCondition(Form form, List<Clause> clauses) {
    public enum Form {
        EXPRESSION,
        LEGACY
    }

    /**
     * A condition on one attribute.
     *
     * @param condition absent if the (legacy) operator is one that no key condition can have
     */
    public record Clause(String attribute, Optional<KeyCondition.OnAttribute> condition) {
        public static Clause of(KeyCondition.OnAttribute condition) {
            return new Clause(condition.attribute(), Optional.of(condition));
        }
    }

    public UnboundKeyCondition {
        clauses = List.copyOf(clauses);
    }

    /**
     * Holds the condition against a key.
     *
     * @throws ApiException (validation) if this is not a condition on the key, or a value can not
     *     be the value of its key attribute
     */
    public KeyCondition bindTo(KeyAttributes key) {
        return new KeyConditionBinder(this, key).bind();
    }
}
