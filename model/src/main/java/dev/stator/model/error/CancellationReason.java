package dev.stator.model.error;

import dev.stator.model.Item;
import java.util.Optional;

/**
 * Why one action of a transaction was refused, or that it was not (API reference,
 * CancellationReason).
 *
 * @param message absent with {@link Code#NONE}
 * @param item the item as it was, where the action asked for it and its condition did not hold
 */
public record CancellationReason(Code code, Optional<String> message, Optional<Item> item) {
    /** The action was fine. */
    public static final CancellationReason NONE =
            new CancellationReason(Code.NONE, Optional.empty(), Optional.empty());

    public static CancellationReason of(Code code, String message) {
        return new CancellationReason(code, Optional.of(message), Optional.empty());
    }

    /** The codes of the API. */
    public enum Code {
        NONE("None"),
        CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
        ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded"),
        TRANSACTION_CONFLICT("TransactionConflict"),
        PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceeded"),
        THROTTLING_ERROR("ThrottlingError"),
        VALIDATION_ERROR("ValidationError"),
        DUPLICATE_ITEM("DuplicateItem"),
        ACCESS_DENIED("AccessDenied"),
        /** Of statements; the actions of other transactions are refused before. */
        RESOURCE_NOT_FOUND("ResourceNotFound");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        /** The code on the wire. */
        public String word() {
            return word;
        }
    }
}
