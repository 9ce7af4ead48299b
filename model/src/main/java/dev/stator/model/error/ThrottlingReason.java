package dev.stator.model.error;

/**
 * Which limit stopped a request (API reference, ThrottlingReason).
 *
 * @param resourceArn of the table or index
 */
public record ThrottlingReason(Target target, Access access, Limit limit, String resourceArn) {
    /** What was limited. */
    public enum Target {
        TABLE("Table"),
        INDEX("Index");

        private final String word;

        Target(String word) {
            this.word = word;
        }
    }

    /** Reads and writes are limited apart. */
    public enum Access {
        READ("Read"),
        WRITE("Write");

        private final String word;

        Access(String word) {
            this.word = word;
        }
    }

    /** The limit that was reached. */
    public enum Limit {
        PROVISIONED_THROUGHPUT("ProvisionedThroughputExceeded"),
        ACCOUNT("AccountLimitExceeded"),
        KEY_RANGE("KeyRangeThroughputExceeded"),
        MAX_ON_DEMAND("MaxOnDemandThroughputExceeded");

        private final String word;

        Limit(String word) {
            this.word = word;
        }
    }

    /** One of the sixteen words of the API, such as TableReadProvisionedThroughputExceeded. */
    public String reason() {
        return target.word + access.word + limit.word;
    }
}
