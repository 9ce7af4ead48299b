package dev.stator.core.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What was last counted in a table and in its indexes. What no leader has counted yet is missing.
 *
 * @param indexes by the names of the indexes
 */
public record TableContents(Contents table, SequencedMap<String, Contents> indexes) {
    public static final TableContents NONE =
            new TableContents(Contents.NONE, new LinkedHashMap<>());

    public TableContents {
        indexes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(indexes));
    }

    public Contents ofIndex(String name) {
        return indexes.getOrDefault(name, Contents.NONE);
    }
}
