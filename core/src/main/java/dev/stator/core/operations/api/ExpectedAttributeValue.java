package dev.stator.core.operations.api;

import dev.stator.model.AttributeValue;
import java.util.List;
import java.util.Optional;

/** One attribute of the legacy Expected. */
public record ExpectedAttributeValue(
        Optional<AttributeValue> value,
        Optional<Boolean> exists,
        Optional<ComparisonOperator> comparisonOperator,
        Optional<List<AttributeValue>> attributeValueList) {
    public ExpectedAttributeValue {
        attributeValueList = attributeValueList.map(List::copyOf);
    }
}
