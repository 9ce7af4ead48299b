package dev.stator.tools.load;

import java.util.random.RandomGenerator;

/**
 * Text for values: slices of one random text, each at a random place. Six random bits a character,
 * so that little can be saved by compressing it.
 */
final class ValueText {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int SIZE_BYTES = 1 << 18;

    private final byte[] text = new byte[SIZE_BYTES];

    ValueText(RandomGenerator random) {
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
    }

    void copy(RandomGenerator random, byte[] target, int offset, int length) {
        System.arraycopy(text, random.nextInt(SIZE_BYTES - length), target, offset, length);
    }
}
