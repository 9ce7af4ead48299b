package dev.stator.core.operations.api;

import dev.stator.model.Item;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a BatchGetItem asks of one table. {@code expressionAttributes} has no values.
 *
 * @param numerals how the numbers of each key are written; the same key written in two ways may be
 *     asked for twice
 */
public record KeysAndAttributes(
        List<Item> keys,
        List<String> numerals,
        ReadProjection projection,
        boolean consistentRead,
        ExpressionAttributes expressionAttributes) {
    public KeysAndAttributes {
        keys = List.copyOf(keys);
        numerals = List.copyOf(numerals);
    }

    /** Keys without numbers, or with numbers that are all written in one way. */
    public KeysAndAttributes(
            List<Item> keys,
            ReadProjection projection,
            boolean consistentRead,
            ExpressionAttributes expressionAttributes) {
        this(
                keys,
                Collections.nCopies(keys.size(), ""),
                projection,
                consistentRead,
                expressionAttributes);
    }

    /** Whether a key is there twice, written in the same way. */
    public boolean repeatsKeys() {
        record WrittenKey(Item key, String numerals) {}

        Set<WrittenKey> seen = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!seen.add(new WrittenKey(keys.get(i), numerals.get(i)))) {
                return true;
            }
        }
        return false;
    }
}
