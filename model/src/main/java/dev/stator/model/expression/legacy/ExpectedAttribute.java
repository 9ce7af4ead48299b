package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import java.util.List;
import java.util.Optional;

/** One attribute of Expected, as the request gives it. */
public record ExpectedAttribute(
        Optional<AttributeValue> value,
        Optional<Boolean> exists,
        Optional<ComparisonOperator> operator,
        Optional<List<AttributeValue>> values) {
    public ExpectedAttribute {
        values = values.map(List::copyOf);
    }
}
