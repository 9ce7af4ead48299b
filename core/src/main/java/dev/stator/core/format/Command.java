package dev.stator.core.format;

import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.TransactionId;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.GroupId;
import java.util.List;
import java.util.Optional;

/**
 * What an entry of a partition's log does. It carries results, not requests: the leader has
 * evaluated everything, and to apply it needs neither a clock nor what was there before.
 */
public sealed interface Command {

    /** Changes items, in this order, all of them or none. */
    record Changes(List<Change> changes) implements Command {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * As {@link Changes}, and the entry is kept as a change record, since global secondary indexes
     * follow from it.
     *
     * @param before of each change the attributes of the item as it was that are keys of the table
     *     or of an index, in the order of the changes; absent where there was no item
     */
    record RecordedChanges(List<Change> changes, List<Optional<Item>> before) implements Command {
        public RecordedChanges {
            changes = List.copyOf(changes);
            before = List.copyOf(before);
            if (changes.size() != before.size()) {
                throw new IllegalArgumentException("changes and what was before do not match");
            }
        }
    }

    /**
     * Changes of items in a table with local secondary indexes. The entries of the indexes and the
     * sizes of the item collections change with them.
     *
     * @param changes with the keys of local indexes, too, in what was before
     * @param recorded whether the entry is kept as a change record as well
     * @param effects of each change, in the order of the changes
     */
    record CollectionChanges(
            RecordedChanges changes, boolean recorded, List<CollectionEffect> effects)
            implements Command {
        public CollectionChanges {
            effects = List.copyOf(effects);
            if (changes.changes().size() != effects.size()) {
                throw new IllegalArgumentException("changes and their effects do not match");
            }
        }
    }

    /**
     * What a change does besides changing its item.
     *
     * @param collectionBytes the size of the item collection then: its items and all entries of
     *     local indexes for them
     * @param touchedIndexes the local indexes whose entry for the item comes, goes, moves or
     *     changes: one bit for each, the lowest for the first of the schema
     */
    record CollectionEffect(long collectionBytes, int touchedIndexes) {}

    /**
     * A transaction has made a change of an item ready. Until it is finished nobody else changes
     * the item.
     *
     * @param change with the timestamp of the transaction; empty where the item stays as it is
     */
    record Prepared(PlacementKey key, TransactionMark mark, Optional<Change> change)
            implements Command {}

    /**
     * A transaction ends for an item that it had prepared.
     *
     * @param change the encoded command that makes the change, one of those above; empty where
     *     nothing changes
     * @param unchangedAtMicros where the transaction found no item and left it so: its timestamp,
     *     which no later item may have; else zero
     */
    record TransactionFinished(
            PlacementKey key,
            TransactionId transaction,
            Optional<Bytes> change,
            long unchangedAtMicros)
            implements Command {}

    /** These are the table's indexes from now on; every entry above was evaluated knowing them. */
    record IndexesDefined(IndexCatalog catalog) implements Command {}

    /**
     * All global secondary indexes have taken the change records up to an LSN, which are removed.
     *
     * @param upToBytes of all change records that there ever were up to this one
     */
    record RecordsTrimmed(long upToLsn, long upToBytes) implements Command {}

    /**
     * In a partition of an index: what follows from change records or items of one partition of the
     * table, and how far the index has got with that one then.
     */
    record IndexChanges(GroupId source, FeedPosition position, List<Change> changes)
            implements Command {
        public IndexChanges {
            changes = List.copyOf(changes);
        }
    }

    /** The new state of one item. */
    sealed interface Change {
        PlacementKey key();

        /** The item is this from now on. */
        record Put(PlacementKey key, StoredItem item) implements Change {}

        /**
         * The item is no more.
         *
         * @param timestampMicros of the delete, in microseconds since 1970; no later write to the
         *     partition has an earlier one
         */
        record Delete(PlacementKey key, long timestampMicros) implements Change {}
    }
}
