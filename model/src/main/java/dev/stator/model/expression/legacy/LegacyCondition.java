package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import java.util.List;

/** One attribute of KeyConditions, QueryFilter or ScanFilter. An absent list is an empty one. */
public record LegacyCondition(ComparisonOperator operator, List<AttributeValue> values) {
    public LegacyCondition {
        values = List.copyOf(values);
    }
}
