package dev.stator.model.capacity;

import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.key.PlacementKey;

/** What an index holds for an item: the projected attributes, under a key of the index. */
public record IndexEntry(PlacementKey key, Item projected) {
    public int sizeBytes() {
        return ItemSize.of(projected);
    }
}
