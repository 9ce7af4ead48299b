package dev.stator.core.operations;

import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.Select;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.Projection;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** What a Query or Scan reads: a table, or one of its indexes. */
final class ReadTarget {
    private final TableDescriptor table;
    private final Optional<SecondaryIndex> index;
    private final Optional<IndexEntries> entries;
    private final KeyAttributes key;

    private ReadTarget(TableDescriptor table, Optional<SecondaryIndex> index) {
        this.table = table;
        this.index = index;
        entries = index.map(present -> new IndexEntries(table.key(), present));
        key =
                index.map(present -> KeyAttributes.of(present.keySchema()))
                        .orElseGet(() -> KeyAttributes.of(table.key()));
    }

    /** Finds the index that a read names, if it names one. */
    static ReadTarget of(TableDescriptor table, RangeRead read) {
        if (read.indexName().isEmpty()) {
            return new ReadTarget(table, Optional.empty());
        }
        String name = read.indexName().get();
        SecondaryIndex index =
                table.schema()
                        .index(name)
                        .orElseThrow(() -> ApiException.validation(Messages.noSuchIndex(name)));
        if (index instanceof SecondaryIndex.Global global) {
            if (read.consistentRead()) {
                throw ApiException.validation(Messages.NO_STRONG_READS_OF_GLOBAL_INDEX);
            }
            if (global.state().status() == IndexStatus.CREATING) {
                throw ApiException.validation(Messages.indexBackfilling(name));
            }
            if (global.state().status() == IndexStatus.DELETING) {
                throw ApiException.validation(Messages.noSuchIndex(name));
            }
        }
        return new ReadTarget(table, Optional.of(index));
    }

    /**
     * Whether a read names an index that cannot be read as the table is: it may have come into
     * being since the table was looked up.
     */
    static boolean mayBeOutdated(TableDescriptor table, RangeRead read) {
        return read.indexName().isPresent()
                && table.schema()
                        .index(read.indexName().get())
                        .filter(ReadTarget::isReadable)
                        .isEmpty();
    }

    private static boolean isReadable(SecondaryIndex index) {
        return !(index instanceof SecondaryIndex.Global global)
                || (global.state().status() != IndexStatus.CREATING
                        && global.state().status() != IndexStatus.DELETING);
    }

    TableDescriptor table() {
        return table;
    }

    Optional<SecondaryIndex> index() {
        return index;
    }

    Optional<IndexEntries> entries() {
        return entries;
    }

    /** What requests for it are routed by: the identity of the table, or of a global index. */
    TableId routedId() {
        return index.isPresent() && index.get() instanceof SecondaryIndex.Global global
                ? global.placement().id()
                : table.id();
    }

    boolean isGlobalIndex() {
        return index.isPresent() && index.get() instanceof SecondaryIndex.Global;
    }

    /** The key of what is read. */
    KeyAttributes key() {
        return key;
    }

    /** The attributes of a key with which a page begins or ends. */
    List<String> startKeyNames() {
        return entries.map(IndexEntries::keyNames).orElseGet(() -> table.key().names());
    }

    /** Where an item stands in the order of what is read, given its {@link #startKeyNames}. */
    PlacementKey placementOf(Item startKey) {
        return entries.map(present ->
                        present.of(startKey)
                                .orElseThrow(() ->
                                        ApiException.validation(Messages.INVALID_STARTING_KEY))
                                .key())
                .orElseGet(() -> table.key().placementKey(startKey));
    }

    /** Refuses what only the table could answer, where a global index is read. */
    void checkAllAttributes(RangeRead read) {
        if (isGlobalIndex()
                && read.select().equals(Optional.of(Select.ALL_ATTRIBUTES))
                && !entries.orElseThrow().projectsAll()) {
            throw Refusal.invalid(
                    "Select type ALL_ATTRIBUTES is not supported for global secondary index "
                            + index.orElseThrow().name()
                            + " because its projection type is not ALL");
        }
    }

    /** Refuses attributes that a global index does not have. */
    void checkProjected(Optional<Projection> projection) {
        if (!isGlobalIndex() || projection.isEmpty()) {
            return;
        }
        SequencedSet<String> missing = new LinkedHashSet<>();
        for (DocumentPath path : projection.get().paths()) {
            if (!entries.orElseThrow().projects(path.attribute())) {
                missing.add(path.attribute());
            }
        }
        if (!missing.isEmpty()) {
            throw Refusal.invalid(
                    "Global secondary index "
                            + index.orElseThrow().name()
                            + " does not project "
                            + missing);
        }
    }
}
