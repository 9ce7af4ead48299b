package dev.stator.simulator.check;

import dev.stator.model.Item;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemKey;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Checks that no value comes from nowhere: whatever a client is shown of an item, by any kind of
 * read or as the image of a write, was sent before by some client for that very item, whether or
 * not it was told that it was written.
 */
public final class ValueOriginChecker {
    private static final String NAME = "value origin";

    private final Violations violations;
    private final Map<Long, ItemKey> tokens = new HashMap<>();
    private final Map<Long, ItemKey> writes = new HashMap<>();
    private long values;

    ValueOriginChecker(Violations violations) {
        this.violations = violations;
    }

    /** A client is about to send a write. */
    public void calling(long writeId, ItemKey key, ItemCall call) {
        writes.put(writeId, key);
        call.token().ifPresent(token -> tokens.put(token, key));
    }

    /** A client was shown the item under the given key. */
    public void seen(ItemKey key, Item item) {
        values++;
        OptionalLong token = ItemForm.image(item).token();
        boolean sent =
                ItemForm.isOf(key, item)
                        && key.equals(writes.get(ItemForm.writeId(item)))
                        && (token.isEmpty() || key.equals(tokens.get(token.getAsLong())))
                        && ItemForm.isUndamaged(item);
        if (!sent) {
            violations.add(NAME, key + " was seen as " + item + ", which nobody wrote");
        }
    }

    public long values() {
        return values;
    }
}
