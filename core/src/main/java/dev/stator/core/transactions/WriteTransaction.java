package dev.stator.core.transactions;

import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.expression.Condition;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * Writes of several items, all of which are done or none.
 *
 * @param writes of distinct items
 * @param token where the client named the transaction, so that it is not done twice
 */
public record WriteTransaction(List<Write> writes, Optional<Token> token) {
    public WriteTransaction {
        writes = List.copyOf(writes);
    }

    /**
     * One of the writes.
     *
     * @param change empty where the item only must be such that the condition holds
     * @param images whether the item is wanted back as it was and as it is then
     * @param itemOnFailure whether the item is wanted back when the condition does not hold
     */
    public record Write(
            TableDescriptor table,
            PlacementKey key,
            Optional<Change> change,
            Optional<Condition> condition,
            boolean images,
            boolean itemOnFailure) {}

    /** A name of a transaction, known to its account alone. */
    public record Token(String accountId, String text) {}
}
