package dev.stator.core.operations.api;

import dev.stator.model.AttributeValue;
import java.util.List;
import java.util.Optional;

/**
 * One attribute of the legacy KeyConditions, QueryFilter or ScanFilter (the shape that the API
 * calls Condition).
 */
public record LegacyCondition(
        ComparisonOperator comparisonOperator, Optional<List<AttributeValue>> attributeValueList) {
    public LegacyCondition {
        attributeValueList = attributeValueList.map(List::copyOf);
    }
}
