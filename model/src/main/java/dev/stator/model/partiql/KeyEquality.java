package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.Operand;
import dev.stator.model.table.KeyAttribute;
import java.util.Optional;

/** That a key attribute has a value. */
record KeyEquality(KeyAttribute attribute, AttributeValue value) {

    /** What a condition says if it is an equality of a key attribute. */
    static Optional<KeyEquality> of(Condition condition, KeyAttributes key) {
        if (!(condition instanceof Condition.Comparison(Comparator comparator, var left, var right))
                || comparator != Comparator.EQ) {
            return Optional.empty();
        }
        return of(left, right, key).or(() -> of(right, left, key));
    }

    private static Optional<KeyEquality> of(Operand path, Operand value, KeyAttributes key) {
        if (!(value instanceof Operand.Constant(AttributeValue constant))) {
            return Optional.empty();
        }
        return attribute(path, key).map(attribute -> new KeyEquality(attribute, constant));
    }

    /** The key attribute that an operand names, if it names one. */
    static Optional<KeyAttribute> attribute(Operand operand, KeyAttributes key) {
        if (!(operand instanceof Operand.Path(DocumentPath path)) || !path.isTopLevel()) {
            return Optional.empty();
        }
        return key.attribute(path.attribute());
    }

    /**
     * Refuses a value that the attribute can not have.
     *
     * @throws ApiException (validation)
     */
    static void checkType(KeyAttribute attribute, AttributeValue value) {
        if (!attribute.type().matches(value)) {
            throw ApiException.validation(
                    "Key attribute's data type should match its data type in table's schema: Key "
                            + attribute.name());
        }
    }
}
