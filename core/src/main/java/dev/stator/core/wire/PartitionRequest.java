package dev.stator.core.wire;

import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.KeyAttribute;
import java.util.List;
import java.util.Optional;

/**
 * What a request router asks of a replica of one partition. Expressions come parsed; they are
 * evaluated where the items are.
 */
public sealed interface PartitionRequest {

    /**
     * Concerns one item and is evaluated on its newest image, strictly one after the other. Goes to
     * the leader.
     */
    sealed interface OnItem extends PartitionRequest {
        PlacementKey key();
    }

    /**
     * Changes one item, if its condition holds. Goes to the leader.
     *
     * @param before whether the item as it was is wanted back
     * @param after whether the item as it is then is wanted back
     * @param itemOnFailure whether the item is wanted back when the condition does not hold
     */
    record Write(
            PlacementKey key,
            Change change,
            Optional<Condition> condition,
            boolean before,
            boolean after,
            boolean itemOnFailure)
            implements OnItem {}

    /**
     * Makes a change of one item ready, as a part of a transaction: it takes place when the
     * transaction is committed, and until then nobody else may change the item. To be sent once.
     *
     * @param change empty where the item only must be such that the condition holds
     * @param images whether the item is wanted back as it was and as it is to be
     * @param itemOnFailure whether the item is wanted back when the condition does not hold
     */
    record Prepare(
            PlacementKey key,
            TransactionMark mark,
            Optional<Change> change,
            Optional<Condition> condition,
            boolean images,
            boolean itemOnFailure)
            implements OnItem {}

    /**
     * Ends what a transaction has prepared of one item. May be sent any number of times.
     *
     * @param commit whether the change takes place
     */
    record Finish(PlacementKey key, TransactionId transaction, boolean commit) implements OnItem {}

    /** Reads one item for a transaction, which compares two such reads. Goes to the leader. */
    record ReadVersion(PlacementKey key, Optional<Projection> projection)
            implements PartitionRequest {}

    /** How a write changes its item. */
    sealed interface Change {
        /** The item is the given one from now on. */
        record Put(Item item) implements Change {}

        /**
         * The item is changed; where there is none, it is made from the key.
         *
         * @param key the key attributes
         * @param indexKeys those keys of secondary indexes that the update writes; it may not give
         *     them what cannot be a key
         */
        record Update(Item key, UpdateExpression update, List<IndexKey> indexKeys)
                implements Change {
            public Update {
                indexKeys = List.copyOf(indexKeys);
            }

            public Update(Item key, UpdateExpression update) {
                this(key, update, List.of());
            }
        }

        /** The item is no more. Not an error where there was none. */
        record Delete() implements Change {}
    }

    /** An attribute that is a partition key or a sort key of a secondary index. */
    record IndexKey(KeyAttribute attribute, boolean isPartitionKey) {}

    /** Reads one item. Goes to the leader if {@code consistent}, else to any storage replica. */
    record Get(PlacementKey key, boolean consistent, Optional<Projection> projection)
            implements PartitionRequest {}

    /**
     * Reads items in the order of their placement keys, or in the reverse order, as far as the
     * bounds allow.
     *
     * @param range what is asked for; the replica reads its own part of it
     * @param keyNames the attributes that make a last evaluated key
     * @param index the local secondary index whose entries are read, in the order of their keys;
     *     absent for the items themselves
     */
    record Range(
            KeyRange range,
            boolean forward,
            boolean consistent,
            Optional<Condition> filter,
            Optional<Projection> projection,
            PageBounds bounds,
            boolean countOnly,
            List<String> keyNames,
            Optional<LocalIndexRead> index)
            implements PartitionRequest {

        /** Of the items of a table, or of the entries of a global secondary index. */
        public Range(
                KeyRange range,
                boolean forward,
                boolean consistent,
                Optional<Condition> filter,
                Optional<Projection> projection,
                PageBounds bounds,
                boolean countOnly,
                List<String> keyNames) {
            this(
                    range,
                    forward,
                    consistent,
                    filter,
                    projection,
                    bounds,
                    countOnly,
                    keyNames,
                    Optional.empty());
        }

        /** The same of another range, within other bounds. */
        public Range of(KeyRange part, PageBounds within) {
            return new Range(
                    part,
                    forward,
                    consistent,
                    filter,
                    projection,
                    within,
                    countOnly,
                    keyNames,
                    index);
        }
    }

    /**
     * A local secondary index that is read.
     *
     * @param name as in the table's schema
     * @param fetch whether the items are wanted in place of the entries, which lack attributes that
     *     were asked for
     */
    record LocalIndexRead(String name, boolean fetch) {}

    /**
     * The bounds of one page.
     *
     * @param maxItems evaluated items at most, before the filter
     * @param maxBytes the page ends with the item that reaches this many bytes, before the filter;
     *     of items that are fetched for the entries of an index as well
     */
    record PageBounds(int maxItems, int maxBytes) {}
}
