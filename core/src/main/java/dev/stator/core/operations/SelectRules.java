package dev.stator.core.operations;

import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.Select;
import dev.stator.model.error.ApiException;

/** Which Select goes with what else a Query or Scan asks (API reference, Query: Select). */
final class SelectRules {
    private SelectRules() {}

    /**
     * @param isQuery a Query words one of the errors differently
     */
    static void check(RangeRead read, boolean isQuery) {
        boolean hasExpression = read.projection().expression().isPresent();
        boolean hasAttributes = read.projection().attributesToGet().isPresent();
        if (read.select().isEmpty()) {
            return;
        }
        Select select = read.select().get();
        if (select == Select.SPECIFIC_ATTRIBUTES) {
            if (!hasExpression && !hasAttributes) {
                throw ApiException.validation(
                        (isQuery ? "1 validation error detected: " : "")
                                + "Must specify the AttributesToGet or ProjectionExpression when"
                                + " choosing to get SPECIFIC_ATTRIBUTES");
            }
            return;
        }
        if (hasExpression || hasAttributes) {
            throw ApiException.validation(
                    "Cannot specify the "
                            + (hasExpression ? "ProjectionExpression" : "AttributesToGet")
                            + " when choosing to get "
                            + (select == Select.COUNT ? "only the Count" : select.name()));
        }
        if (select == Select.ALL_PROJECTED_ATTRIBUTES && read.indexName().isEmpty()) {
            throw ApiException.validation(
                    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
    }
}
