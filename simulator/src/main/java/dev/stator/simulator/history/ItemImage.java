package dev.stator.simulator.history;

import java.util.OptionalLong;

/**
 * An item as far as the checkers know one: whether it is there, the token of the write that set its
 * value, and a count.
 */
public record ItemImage(boolean present, OptionalLong token, OptionalLong count) {
    public static final ItemImage ABSENT =
            new ItemImage(false, OptionalLong.empty(), OptionalLong.empty());

    public static ItemImage of(OptionalLong token, OptionalLong count) {
        return new ItemImage(true, token, count);
    }

    @Override
    public String toString() {
        if (!present) {
            return "absent";
        }
        return "("
                + (token.isPresent() ? "v" + token.getAsLong() : "no v")
                + ", "
                + (count.isPresent() ? "n=" + count.getAsLong() : "no n")
                + ")";
    }
}
