package dev.stator.server.http;

import java.util.concurrent.ThreadLocalRandom;

/** Makes request ids like those of the service: 52 capital letters and digits. */
final class RequestIds {
    static final int LENGTH = 52;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private static final int BITS = 5;
    private static final int CHARS_PER_LONG = 12;

    private RequestIds() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[LENGTH];
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = i % CHARS_PER_LONG == 0 ? random.nextLong() : bits >>> BITS;
            id[i] = ALPHABET.charAt((int) (bits & (1 << BITS) - 1));
        }
        return new String(id);
    }
}
