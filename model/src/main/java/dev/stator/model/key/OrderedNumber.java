package dev.stator.model.key;

import dev.stator.model.DecimalNumber;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers as bytes whose unsigned order is the order of the numbers. No encoding is a prefix of
 * another one, and equal numbers have equal bytes.
 *
 * <pre>
 * zero     := 0x80
 * positive := 0x81 exponent pair* 0x00     exponent of the first digit, plus 130; each pair of
 *                                          digits as 1 to 100, the last one padded with a zero
 * negative := the complement of every byte of its absolute value
 * </pre>
 */
public final class OrderedNumber {
    private static final int ZERO = 0x80;
    private static final int POSITIVE = 0x81;
    private static final int NEGATIVE = 0x7E;
    private static final int EXPONENT_BIAS = -DecimalNumber.MIN_EXPONENT;
    private static final int END = 0x00;
    private static final int MAX_PAIR = 100;

    private OrderedNumber() {}

    public static void write(BinaryWriter writer, DecimalNumber number) {
        int signum = number.signum();
        if (signum == 0) {
            writer.writeByte(ZERO);
            return;
        }
        int mask = signum < 0 ? 0xFF : 0;
        writer.writeByte(POSITIVE ^ mask);
        writer.writeByte(number.exponent() + EXPONENT_BIAS ^ mask);
        writeDigits(writer, significantDigits(number.value()), mask);
        writer.writeByte(END ^ mask);
    }

    /** The digits without sign, and without zeros at either end. */
    private static String significantDigits(BigDecimal value) {
        String digits =
                value.precision() <= 18
                        ? Long.toString(Math.abs(value.unscaledValue().longValue()))
                        : value.unscaledValue().abs().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static void writeDigits(BinaryWriter writer, String digits, int mask) {
        for (int i = 0; i < digits.length(); i += 2) {
            int tens = digits.charAt(i) - '0';
            int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            writer.writeByte(tens * 10 + ones + 1 ^ mask);
        }
    }

    /**
     * Reads one number.
     *
     * @throws MalformedEncodingException if the bytes are not exactly those of a number
     */
    public static DecimalNumber read(BinaryReader reader) {
        int head = reader.readByte();
        return switch (head) {
            case ZERO -> DecimalNumber.ZERO;
            case POSITIVE -> readMagnitude(reader, 0);
            case NEGATIVE -> readMagnitude(reader, 0xFF);
            default -> throw new MalformedEncodingException("not the head of a number: " + head);
        };
    }

    private static DecimalNumber readMagnitude(BinaryReader reader, int mask) {
        int exponent = (reader.readByte() ^ mask) - EXPONENT_BIAS;
        StringBuilder digits = new StringBuilder(DecimalNumber.MAX_SIGNIFICANT_DIGITS);
        while (true) {
            int pair = reader.readByte() ^ mask;
            if (pair == END) {
                break;
            }
            if (pair > MAX_PAIR || digits.length() >= DecimalNumber.MAX_SIGNIFICANT_DIGITS) {
                throw new MalformedEncodingException("not the digits of a number");
            }
            digits.append((char) ('0' + (pair - 1) / 10)).append((char) ('0' + (pair - 1) % 10));
        }
        checkCanonical(digits);
        BigInteger unscaled = new BigInteger(digits.toString());
        BigDecimal magnitude = new BigDecimal(unscaled, digits.length() - 1 - exponent);
        return new DecimalNumber(mask == 0 ? magnitude : magnitude.negate());
    }

    /** The first digit is not zero and the last pair is not: one number, one encoding. */
    private static void checkCanonical(StringBuilder digits) {
        int length = digits.length();
        boolean canonical =
                length > 0
                        && digits.charAt(0) != '0'
                        && !(digits.charAt(length - 1) == '0' && digits.charAt(length - 2) == '0');
        if (!canonical) {
            throw new MalformedEncodingException("the digits of a number are not canonical");
        }
    }
}
