package dev.stator.simulator.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One request, of one item or of several, by the versions of items that it read and made. A version
 * is named by the identifier of the write that made it, the absence of an item by {@link #ABSENT}.
 *
 * @param name for people
 * @param reads the version that each item must have been when the request took effect
 * @param writes the version that it made of each item
 */
public record Transaction(
        String name,
        SequencedMap<ItemKey, Long> reads,
        SequencedMap<ItemKey, Long> writes,
        Ending ending) {
    public static final long ABSENT = 0;

    /** What the client learned of it. */
    public enum Ending {
        DONE,
        /** It was done at some time, or will be, or never is. */
        UNKNOWN,
        NOT_DONE
    }

    public Transaction {
        reads = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reads));
        writes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(writes));
    }

    @Override
    public String toString() {
        return name + " read " + reads + " wrote " + writes + " " + ending;
    }
}
