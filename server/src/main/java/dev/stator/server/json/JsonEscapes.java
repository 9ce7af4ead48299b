package dev.stator.server.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells whether text can stand in a JSON string as it is: whether it has no quotation mark, no
 * backslash and no control character (RFC 8259, section 7).
 */
final class JsonEscapes {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTATION_MARKS = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final int FIRST_PRINTABLE = 0x20;

    private JsonEscapes() {}

    static boolean areNeeded(byte[] utf8) {
        int at = 0;
        for (; at <= utf8.length - Long.BYTES; at += Long.BYTES) {
            if (areNeeded((long) LONG.get(utf8, at))) {
                return true;
            }
        }
        for (; at < utf8.length; at++) {
            byte b = utf8[at];
            if (b == '"' || b == '\\' || (b >= 0 && b < FIRST_PRINTABLE)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks at eight bytes together. A byte below n, taken less n, borrows into its high bit; one
     * that had the high bit before, part of a character beyond ASCII, is left out. A byte that is
     * equal to another is below one when the two are xored. A borrow can only come from a byte that
     * is found itself.
     */
    private static boolean areNeeded(long eight) {
        long control = (eight - FIRST_PRINTABLE * ONES) & ~eight;
        long quotation = eight ^ QUOTATION_MARKS;
        quotation = (quotation - ONES) & ~quotation;
        long backslash = eight ^ BACKSLASHES;
        backslash = (backslash - ONES) & ~backslash;
        return ((control | quotation | backslash) & HIGH_BITS) != 0;
    }
}
