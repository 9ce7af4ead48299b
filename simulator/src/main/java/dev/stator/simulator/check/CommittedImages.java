package dev.stator.simulator.check;

import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreWrite;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemImage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Every image that an item ever had by a committed write. Never iterated. */
public final class CommittedImages {
    private final Map<ByteBuffer, Set<ItemImage>> images = new HashMap<>();

    void add(StoreWrite write) {
        if (write instanceof StoreWrite.Put(byte[] key, byte[] value)) {
            images.computeIfAbsent(ByteBuffer.wrap(key), _ -> new HashSet<>())
                    .add(ItemForm.image(StoredItem.parse(value).item()));
        }
    }

    /** Whether the item may have been so; every item was absent once. */
    boolean contains(byte[] storeKey, ItemImage image) {
        Set<ItemImage> known = images.get(ByteBuffer.wrap(storeKey));
        return !image.present() || (known != null && known.contains(image));
    }
}
