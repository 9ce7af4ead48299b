package dev.stator.simulator.history;

import java.util.OptionalLong;

/** What was asked of one item, and what it makes of the item where its condition holds. */
public sealed interface ItemCall {
    Guard guard();

    ItemImage after(ItemImage before);

    /** The value that it writes, if it does. */
    default OptionalLong token() {
        return OptionalLong.empty();
    }

    record Read() implements ItemCall {
        @Override
        public Guard guard() {
            return Guard.NONE;
        }

        @Override
        public ItemImage after(ItemImage before) {
            return before;
        }
    }

    record Put(ItemImage image, Guard guard) implements ItemCall {
        @Override
        public OptionalLong token() {
            return image.token();
        }

        @Override
        public ItemImage after(ItemImage before) {
            return image;
        }
    }

    /** Sets the value, adds to the count, or both. */
    record Update(OptionalLong token, OptionalLong added, Guard guard) implements ItemCall {
        @Override
        public ItemImage after(ItemImage before) {
            return ItemImage.of(
                    token.isPresent() ? token : before.token(),
                    added.isPresent()
                            ? OptionalLong.of(before.count().orElse(0) + added.getAsLong())
                            : before.count());
        }
    }

    record Delete(Guard guard) implements ItemCall {
        @Override
        public ItemImage after(ItemImage before) {
            return ItemImage.ABSENT;
        }
    }
}
