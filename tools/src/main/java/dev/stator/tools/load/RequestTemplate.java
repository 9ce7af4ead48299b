package dev.stator.tools.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The JSON of a request in which only keys and values differ from one to the next. All requests of
 * a template have the same length; filling one is a few copies.
 */
final class RequestTemplate {
    /** A key as text: "user" and twelve digits. */
    static final int KEY_LENGTH = 16;

    private static final int KEY_DIGITS = 12;
    private static final String KEY_PREFIX = "user";

    /** A sort key as text: four digits. */
    static final int SORT_KEY_LENGTH = 4;

    private final byte[] text;
    private final List<Gap> gaps;

    private RequestTemplate(byte[] text, List<Gap> gaps) {
        this.text = text;
        this.gaps = gaps;
    }

    /** A place that is filled for each request. */
    private record Gap(GapKind kind, int offset, int length) {}

    private enum GapKind {
        KEY,
        SORT_KEY,
        VALUE
    }

    int length() {
        return text.length;
    }

    /** Where a request goes: the key of what, and the item of its collection. */
    record Place(long key, int sortKey) {}

    /** Fills the first {@link #length} bytes of the target. */
    void fill(byte[] target, Place place, ValueText values, RandomGenerator random) {
        System.arraycopy(text, 0, target, 0, text.length);
        for (int i = 0; i < gaps.size(); i++) {
            Gap gap = gaps.get(i);
            switch (gap.kind) {
                case KEY -> writeKey(place.key, target, gap.offset);
                case SORT_KEY -> writeDigits(place.sortKey, target, gap.offset, SORT_KEY_LENGTH);
                case VALUE -> values.copy(random, target, gap.offset, gap.length);
            }
        }
    }

    /** Writes the text of a key. */
    static void writeKey(long key, byte[] target, int offset) {
        for (int i = 0; i < KEY_PREFIX.length(); i++) {
            target[offset + i] = (byte) KEY_PREFIX.charAt(i);
        }
        writeDigits(key, target, offset + KEY_PREFIX.length(), KEY_DIGITS);
    }

    private static void writeDigits(long number, byte[] target, int offset, int digits) {
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            target[offset + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Puts a template together. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Gap> gaps = new ArrayList<>();

        Builder text(String part) {
            text.append(part);
            return this;
        }

        Builder key() {
            return gap(GapKind.KEY, KEY_LENGTH);
        }

        Builder sortKey() {
            return gap(GapKind.SORT_KEY, SORT_KEY_LENGTH);
        }

        /** Random text of that many characters. */
        Builder value(int length) {
            return gap(GapKind.VALUE, length);
        }

        private Builder gap(GapKind kind, int length) {
            gaps.add(new Gap(kind, text.length(), length));
            text.repeat(' ', length);
            return this;
        }

        RequestTemplate build() {
            return new RequestTemplate(text.toString().getBytes(US_ASCII), List.copyOf(gaps));
        }
    }
}
