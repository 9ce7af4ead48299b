package dev.stator.server.json;

import dev.stator.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Base64 of binary values, as strict as the service: whole groups of four characters, padding at
 * the end only, and no bits that do not belong to a byte.
 */
final class Base64Text {
    private static final String BAD_ENDING = "Invalid last non-pad Base64 character dectected";

    private Base64Text() {}

    static Bytes decode(String text) {
        if (text.isEmpty()) {
            return Bytes.EMPTY;
        }
        int length = text.length();
        if (length % 4 != 0) {
            throw RequestReader.typeError(
                    "Base64 encoded length is expected a multiple of 4 bytes but found: " + length);
        }
        int padding = text.charAt(length - 1) != '=' ? 0 : text.charAt(length - 2) != '=' ? 1 : 2;
        int last = valueOf(text.charAt(length - padding - 1));
        int unusedBits = padding * 2;
        if (last < 0 || (last & (1 << unusedBits) - 1) != 0) {
            throw RequestReader.typeError(BAD_ENDING);
        }
        for (int i = 0; i < length - padding; i++) {
            if (valueOf(text.charAt(i)) < 0) {
                throw RequestReader.typeError("Invalid Base64 character: '" + text.charAt(i) + "'");
            }
        }
        return Bytes.wrap(Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static int valueOf(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }
}
