package dev.stator.core.operations;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.CancellationReason.Code;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The error of a transaction that was cancelled. */
final class Cancellation {
    static final CancellationReason CONFLICT =
            CancellationReason.of(Code.TRANSACTION_CONFLICT, Messages.TRANSACTION_CONFLICT);

    private Cancellation() {}

    /** Why an action was cancelled that by itself would have been answered with an error. */
    static Code codeOf(ApiError error) {
        return switch (error) {
            case ApiError.ItemCollectionSizeLimitExceeded ignored ->
                    Code.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED;
            case ApiError.ProvisionedThroughputExceeded ignored ->
                    Code.PROVISIONED_THROUGHPUT_EXCEEDED;
            case ApiError.Throttling ignored -> Code.THROTTLING_ERROR;
            case ApiError.TransactionConflict ignored -> Code.TRANSACTION_CONFLICT;
            case ApiError.DuplicateItem ignored -> Code.DUPLICATE_ITEM;
            case ApiError.AccessDenied ignored -> Code.ACCESS_DENIED;
            default -> Code.VALIDATION_ERROR;
        };
    }

    /**
     * Where an action is not valid at all, the service tells of the first such alone.
     *
     * @param reasons one for each action, in their order
     */
    static ApiError of(List<CancellationReason> reasons) {
        List<CancellationReason> told = told(reasons);
        String codes =
                told.stream()
                        .map(reason -> reason.code().word())
                        .collect(Collectors.joining(", ", "[", "]"));
        return new ApiError.TransactionCanceled(
                "Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + codes,
                told);
    }

    private static List<CancellationReason> told(List<CancellationReason> reasons) {
        for (int i = 0; i < reasons.size(); i++) {
            if (reasons.get(i).code() == Code.VALIDATION_ERROR) {
                List<CancellationReason> first = new ArrayList<>();
                for (int j = 0; j < reasons.size(); j++) {
                    first.add(j == i ? reasons.get(j) : CancellationReason.NONE);
                }
                return first;
            }
        }
        return reasons;
    }
}
