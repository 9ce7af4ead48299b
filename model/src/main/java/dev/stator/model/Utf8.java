package dev.stator.model;

import java.nio.charset.StandardCharsets;

/**
 * Strings as the API sees them, which is as UTF-8: their length in bytes and their order by bytes.
 * The latter is not {@code String.compareTo}, which puts supplementary characters before U+E000 to
 * U+FFFF.
 */
public final class Utf8 {
    /**
     * From this length on, in chars, it is faster to let the platform make the UTF-8 form, which it
     * does many bytes at a time, than to look at each char.
     */
    private static final int LONG_TEXT = 64;

    private Utf8() {}

    /** The length in bytes of the UTF-8 form of a well-formed text. */
    public static int length(String text) {
        int chars = text.length();
        if (chars >= LONG_TEXT) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            // A surrogate pair has four bytes: two for each of its two chars.
            bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /** Compares as unsigned UTF-8 bytes, without making them. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Surrogates stand for characters above U+FFFF, so they rank above all other chars. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    /** True if every surrogate is half of a pair, that is, if the text has a UTF-8 form at all. */
    public static boolean isWellFormed(String text) {
        if (text.length() >= LONG_TEXT) {
            // What has no UTF-8 form is replaced there.
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new String(bytes, StandardCharsets.UTF_8).equals(text);
        }
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i < text.length()
                            && Character.isLowSurrogate(text.charAt(i));
            if (!pair) {
                return false;
            }
            i++;
        }
        return true;
    }
}
