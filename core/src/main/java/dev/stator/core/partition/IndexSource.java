package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.Command.CollectionEffect;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.StoredItem;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What the leader of a partition of a table does for the table's global secondary indexes: it knows
 * them, and lets every change that concerns one of them be recorded.
 *
 * <p>The catalog is in the log like everything else. The leader goes by a new one as soon as it is
 * proposed: entries above it are evaluated knowing it, entries below are not, and the catalog says
 * where that line is. So a new index misses nothing and takes nothing twice.
 */
final class IndexSource {
    private final LocalIndexes local;
    private @Nullable IndexCatalog catalog;

    /** Whether the catalog is applied. */
    private boolean settled = true;

    private List<IndexEntries> entries = List.of();

    /** The keys of the table and of its indexes. */
    private SequencedSet<String> keyNames;

    IndexSource(LocalIndexes local) {
        this.local = local;
        this.keyNames = local.keyNames();
    }

    /** The local indexes of the table, which are not in the catalog's care. */
    LocalIndexes local() {
        return local;
    }

    /** A new leader has read its rows. */
    void load(@Nullable IndexCatalog found) {
        settled = true;
        use(found);
    }

    private void use(@Nullable IndexCatalog known) {
        catalog = known;
        keyNames = new LinkedHashSet<>(local.keyNames());
        entries = new ArrayList<>();
        if (known != null) {
            for (SecondaryIndex.Global index : known.kept()) {
                IndexEntries ofIndex = new IndexEntries(known.schema().key(), index);
                entries.add(ofIndex);
                keyNames.addAll(ofIndex.keyNames());
            }
        }
    }

    /** The catalog that is in force, where it is applied. */
    Optional<IndexCatalog> catalog() {
        return settled ? Optional.ofNullable(catalog) : Optional.empty();
    }

    boolean settled() {
        return settled;
    }

    boolean knows(long version) {
        return catalog != null && catalog.version() >= version;
    }

    /**
     * The catalog that follows.
     *
     * @param evaluatedLsn the last entry of the log that was evaluated knowing the present one
     */
    IndexCatalog next(long version, TableSchema schema, long evaluatedLsn) {
        SequencedMap<TableId, Long> since = new LinkedHashMap<>();
        for (SecondaryIndex.Global index : schema.globalIndexes()) {
            TableId id = index.placement().id();
            if (!id.equals(TableId.NONE) && index.state().status() != IndexStatus.DELETING) {
                Long before = catalog == null ? null : catalog.since().get(id);
                since.put(id, before == null ? Long.valueOf(evaluatedLsn) : before);
            }
        }
        return new IndexCatalog(version, schema, since);
    }

    void proposed(IndexCatalog next) {
        settled = false;
        use(next);
    }

    void applied() {
        settled = true;
    }

    /**
     * The command that makes a change, with a change record where a global index is concerned.
     *
     * @param effect on local indexes; empty where the table has none
     */
    byte[] command(
            Change change,
            @Nullable StoredItem before,
            @Nullable StoredItem after,
            Optional<CollectionEffect> effect) {
        boolean recorded = isConcerned(before, after);
        if (!recorded && effect.isEmpty()) {
            return CommandCodec.encode(new Command.Changes(List.of(change)));
        }
        Optional<Item> keys = Optional.ofNullable(before).map(stored -> keysOf(stored.item()));
        Command.RecordedChanges changes =
                new Command.RecordedChanges(List.of(change), List.of(keys));
        return CommandCodec.encode(
                effect.isEmpty()
                        ? changes
                        : new Command.CollectionChanges(changes, recorded, List.of(effect.get())));
    }

    private boolean isConcerned(@Nullable StoredItem before, @Nullable StoredItem after) {
        for (IndexEntries index : entries) {
            if (!entry(index, before).equals(entry(index, after))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<IndexEntry> entry(IndexEntries index, @Nullable StoredItem stored) {
        return stored == null ? Optional.empty() : index.of(stored.item());
    }

    private Item keysOf(Item item) {
        AttributesBuilder keys = new AttributesBuilder(keyNames.size());
        item.attributes()
                .forEach((name, value) -> {
                    if (keyNames.contains(name)) {
                        keys.put(name, value);
                    }
                });
        return keys.toItem();
    }
}
