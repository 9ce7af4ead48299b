package dev.stator.simulator.history;

/** The condition of a write. */
public sealed interface Guard {
    boolean holds(ItemImage image);

    /** Always holds. */
    record None() implements Guard {
        @Override
        public boolean holds(ItemImage image) {
            return true;
        }
    }

    /** The item is not there. */
    record Absent() implements Guard {
        @Override
        public boolean holds(ItemImage image) {
            return !image.present();
        }
    }

    /** The value is that of the write with this token. */
    record TokenIs(long token) implements Guard {
        @Override
        public boolean holds(ItemImage image) {
            return image.token().isPresent() && image.token().getAsLong() == token;
        }
    }

    Guard NONE = new None();
    Guard ABSENT = new Absent();
}
