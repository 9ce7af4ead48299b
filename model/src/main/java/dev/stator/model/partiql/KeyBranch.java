package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.key.KeyRange;
import java.util.List;
import java.util.Optional;

/**
 * One of the alternatives of a WHERE clause that each name a partition key.
 *
 * @param partition the value of the partition key
 * @param range of the keys that can meet it
 * @param key where it names a whole key
 * @param isExact whether the conditions on the sort key are all in the range
 * @param filterAttributes the attributes of all else that it says, in their order
 */
record KeyBranch(
        AttributeValue partition,
        KeyRange range,
        Optional<Item> key,
        boolean isExact,
        List<String> filterAttributes) {
    KeyBranch {
        filterAttributes = List.copyOf(filterAttributes);
    }

    /** Whether it says nothing but what the key is. */
    boolean isKeyAlone() {
        return key.isPresent() && isExact && filterAttributes.isEmpty();
    }
}
