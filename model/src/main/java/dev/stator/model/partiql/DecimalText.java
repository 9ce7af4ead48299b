package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;

/**
 * How statements and their parameters read numbers: as decimals whose exponent and scale are
 * integers of 32 bits. What does not fit these can not be converted at all; what fits is then held
 * against the rules for numbers.
 */
public final class DecimalText {
    /** More digits, without zeros in front, are not an integer of 32 bits. */
    private static final int EXPONENT_DIGITS_MAX = 10;

    private DecimalText() {}

    /**
     * Refuses the text of a parameter whose exponent is too large, or so large that the service's
     * arithmetic of 32 bits takes it for a small one. Anything else is left to the rules for
     * numbers.
     *
     * @throws ApiException (validation)
     */
    public static void checkExponent(String text) {
        if (!isConvertible(text)) {
            throw ApiException.validation(Messages.NOT_A_NUMBER + text);
        }
        int end = mantissaEnd(text);
        if (end == text.length()) {
            return;
        }
        long scale = fractionDigits(text, end) - exponent(text, end);
        long magnitude = precision(text, end) - scale;
        if (magnitude > Integer.MAX_VALUE) {
            throw ApiException.validation(Messages.NUMBER_UNDERFLOW);
        }
    }

    /** Whether exponent and scale fit; texts that are no numbers at all may pass. */
    static boolean isConvertible(String text) {
        int end = mantissaEnd(text);
        if (end == text.length()) {
            return true;
        }
        long exponent = exponent(text, end);
        return exponent == (int) exponent && isInt(fractionDigits(text, end) - exponent);
    }

    private static boolean isInt(long value) {
        return value == (int) value;
    }

    /** Where the E stands; the length of the text if there is none. */
    private static int mantissaEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 'e' || text.charAt(i) == 'E') {
                return i;
            }
        }
        return text.length();
    }

    private static long exponent(String text, int mantissaEnd) {
        int at = mantissaEnd + 1;
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length() && text.charAt(at) == '0') {
            at++;
        }
        if (text.length() - at > EXPONENT_DIGITS_MAX) {
            return negative ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2;
        }
        long exponent = 0;
        for (; at < text.length(); at++) {
            exponent = exponent * 10 + Math.clamp(text.charAt(at) - '0', 0, 9);
        }
        return negative ? -exponent : exponent;
    }

    private static int fractionDigits(String text, int mantissaEnd) {
        int point = text.indexOf('.');
        return point < 0 || point > mantissaEnd ? 0 : mantissaEnd - point - 1;
    }

    /** The digits of the mantissa without zeros in front; one at least. */
    private static int precision(String text, int mantissaEnd) {
        int digits = 0;
        for (int i = 0; i < mantissaEnd; i++) {
            char c = text.charAt(i);
            if (digits > 0 ? c >= '0' && c <= '9' : c >= '1' && c <= '9') {
                digits++;
            }
        }
        return Math.max(1, digits);
    }
}
