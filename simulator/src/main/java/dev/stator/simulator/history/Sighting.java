package dev.stator.simulator.history;

import dev.stator.model.Item;
import java.util.Optional;

/**
 * An item as a client was shown it.
 *
 * @param writeId of the call that made it so; zero where there is no item
 */
public record Sighting(ItemImage image, long writeId) {
    public static final Sighting ABSENT = new Sighting(ItemImage.ABSENT, 0);

    public static Sighting of(Item item) {
        return new Sighting(ItemForm.image(item), ItemForm.writeId(item));
    }

    public static Sighting of(Optional<Item> item) {
        return item.map(Sighting::of).orElse(ABSENT);
    }
}
