package dev.stator.model.validation;

import dev.stator.model.DecimalNumber;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.math.BigDecimal;
import java.math.BigInteger;

/** One pass over the text of a number that is not a plain short integer. */
final class NumberText {
    /** Exponents are cut off here: far outside of what is supported, far inside of an int. */
    private static final int EXPONENT_BOUND = 100_000_000;

    private final String text;
    private int at;

    /** Digits of the mantissa before the point, and after it. */
    private int integerDigits;

    private int fractionDigits;

    /** Positions among all mantissa digits of the first and last that are not zero, or -1. */
    private int firstNonZero = -1;

    private int lastNonZero = -1;
    private final StringBuilder significant =
            new StringBuilder(DecimalNumber.MAX_SIGNIFICANT_DIGITS);

    NumberText(String text) {
        this.text = text;
    }

    DecimalNumber toNumber() {
        boolean negative = readSign();
        integerDigits = readDigits(0);
        if (peek() == '.') {
            at++;
            fractionDigits = readDigits(integerDigits);
        }
        if (integerDigits + fractionDigits == 0) {
            throw notANumber();
        }
        int exponent = 0;
        if (peek() == 'e' || peek() == 'E') {
            at++;
            exponent = readExponent();
        }
        if (at != text.length()) {
            throw notANumber();
        }
        return firstNonZero < 0 ? zero(exponent) : nonZero(negative, exponent);
    }

    private DecimalNumber zero(int exponent) {
        // The service judges a zero by where its last digit stands: 0e126 is refused, 0.0e126 is
        // not.
        checkMagnitude(exponent - fractionDigits);
        return DecimalNumber.ZERO;
    }

    private DecimalNumber nonZero(boolean negative, int exponent) {
        checkMagnitude(integerDigits - firstNonZero - 1 + exponent);
        int digits = lastNonZero - firstNonZero + 1;
        if (digits > DecimalNumber.MAX_SIGNIFICANT_DIGITS) {
            throw ApiException.validation(Messages.NUMBER_TOO_MANY_DIGITS);
        }
        significant.setLength(digits);
        int lastExponent = integerDigits - lastNonZero - 1 + exponent;
        BigDecimal magnitude =
                new BigDecimal(new BigInteger(significant.toString()), -lastExponent);
        return new DecimalNumber(negative ? magnitude.negate() : magnitude);
    }

    private static void checkMagnitude(int exponent) {
        if (exponent > DecimalNumber.MAX_EXPONENT) {
            throw ApiException.validation(Messages.NUMBER_OVERFLOW);
        }
        if (exponent < DecimalNumber.MIN_EXPONENT) {
            throw ApiException.validation(Messages.NUMBER_UNDERFLOW);
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean readSign() {
        char sign = peek();
        if (sign == '-' || sign == '+') {
            at++;
        }
        return sign == '-';
    }

    private boolean isDigit() {
        char c = peek();
        return c >= '0' && c <= '9';
    }

    /** Reads mantissa digits, {@code before} of which were read earlier; returns how many. */
    private int readDigits(int before) {
        int start = at;
        for (; isDigit(); at++) {
            char digit = text.charAt(at);
            int position = before + at - start;
            if (digit != '0') {
                firstNonZero = firstNonZero < 0 ? position : firstNonZero;
                lastNonZero = position;
            }
            boolean keep =
                    firstNonZero >= 0
                            && significant.length() < DecimalNumber.MAX_SIGNIFICANT_DIGITS;
            if (keep) {
                significant.append(digit);
            }
        }
        return at - start;
    }

    private int readExponent() {
        boolean negative = readSign();
        int start = at;
        int exponent = 0;
        int digits = 0;
        for (; isDigit(); at++) {
            exponent = Math.min(exponent * 10 + text.charAt(at) - '0', EXPONENT_BOUND);
            digits += digits > 0 || text.charAt(at) != '0' ? 1 : 0;
        }
        if (at == start || isTooLong(at - digits, negative)) {
            throw notANumber();
        }
        return negative ? -exponent : exponent;
    }

    /** Whether the digits from there on, which do not begin with 0, are no 64-bit integer. */
    private boolean isTooLong(int from, boolean negative) {
        String largest = negative ? "9223372036854775808" : "9223372036854775807";
        int longer = at - from - largest.length();
        return longer > 0 || (longer == 0 && text.substring(from, at).compareTo(largest) > 0);
    }

    private ApiException notANumber() {
        return ApiException.validation(Messages.NOT_A_NUMBER + text);
    }
}
