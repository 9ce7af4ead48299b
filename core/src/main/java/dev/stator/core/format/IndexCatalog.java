package dev.stator.core.format;

import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a partition of a table knows of the table's indexes.
 *
 * @param version of the table's record from which it was made; a lower one is never put in the
 *     place of a higher one
 * @param since for each index the LSN up to which the log was evaluated without knowing it: change
 *     records up to there are not for it
 */
public record IndexCatalog(long version, TableSchema schema, SequencedMap<TableId, Long> since) {
    public IndexCatalog {
        since = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(since));
    }

    /** The indexes that are kept: those that have partitions and are not on their way out. */
    public List<SecondaryIndex.Global> kept() {
        List<SecondaryIndex.Global> kept = new ArrayList<>();
        for (SecondaryIndex.Global index : schema.globalIndexes()) {
            if (since.containsKey(index.placement().id())) {
                kept.add(index);
            }
        }
        return kept;
    }
}
