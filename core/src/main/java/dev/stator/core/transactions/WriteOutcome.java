package dev.stator.core.transactions;

import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Optional;

/** What became of a {@link WriteTransaction}. */
public sealed interface WriteOutcome {
    /** All of it was done. One for each write, in their order. */
    record Committed(List<Written> writes) implements WriteOutcome {
        public Committed {
            writes = List.copyOf(writes);
        }
    }

    /** It was done before, under the same token. One for each write, in their order. */
    record Repeated(List<Sizes> writes) implements WriteOutcome {
        public Repeated {
            writes = List.copyOf(writes);
        }
    }

    /** Nothing was done. One answer for each write, in their order; not all of them are fine. */
    record Canceled(List<Answer> answers) implements WriteOutcome {
        public Canceled {
            answers = List.copyOf(answers);
        }
    }

    /** Another transaction was done before under the same token. */
    record TokenMismatch() implements WriteOutcome {}

    /** A transaction with the same token is under way. */
    record InProgress() implements WriteOutcome {}

    /**
     * It could not be carried through.
     *
     * @param nothingDone false where it may take place all the same, then as a whole
     */
    record Failed(ApiError error, boolean nothingDone) implements WriteOutcome {}

    /**
     * The sizes of an item before and after, zero where there is none. Of an item that was only
     * checked they are the same.
     */
    record Sizes(int beforeBytes, int afterBytes) {}

    /**
     * A write that was done; images are given as far as they were asked for and exist.
     *
     * @param collectionBytes the size of the item collection then, where the table has local
     *     secondary indexes; else zero
     */
    record Written(
            Optional<Item> before, Optional<Item> after, Sizes sizes, long collectionBytes) {}

    /** What one item had to say. */
    sealed interface Answer {
        record Fine() implements Answer {}

        /**
         * @param item if it was asked for and there is one
         */
        record ConditionFailed(Optional<Item> item) implements Answer {}

        /** Another transaction holds the item, or has changed it meanwhile. */
        record Conflict() implements Answer {}

        /** The change cannot be applied to the item as it is. */
        record Refused(ApiError error) implements Answer {}
    }
}
