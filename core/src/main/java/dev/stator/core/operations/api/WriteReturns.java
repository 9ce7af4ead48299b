package dev.stator.core.operations.api;

/** What a single write is asked to return. */
public record WriteReturns(
        ReturnValue values,
        ReturnConsumedCapacity consumedCapacity,
        ReturnItemCollectionMetrics itemCollectionMetrics) {
    public static final WriteReturns NONE =
            new WriteReturns(
                    ReturnValue.NONE,
                    ReturnConsumedCapacity.NONE,
                    ReturnItemCollectionMetrics.NONE);
}
