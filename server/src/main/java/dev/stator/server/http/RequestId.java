package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.ThreadLocalRandom;

/** Names a request as the service does: 52 capital letters and digits, at random. */
final class RequestId {
    static final int LENGTH = 52;
    private static final byte[] ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(US_ASCII);
    private static final int BITS = 5;
    private static final int CHARS_PER_LONG = 12;

    private final byte[] ascii = new byte[LENGTH];

    RequestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = i % CHARS_PER_LONG == 0 ? random.nextLong() : bits >>> BITS;
            ascii[i] = ALPHABET[(int) (bits & (1 << BITS) - 1)];
        }
    }

    /** Its characters; not to be changed. */
    byte[] ascii() {
        return ascii;
    }

    @Override
    public String toString() {
        return new String(ascii, US_ASCII);
    }
}
