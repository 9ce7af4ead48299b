package dev.stator.model;

import java.math.BigDecimal;

/**
 * A number of the API: up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero [API
 * reference, "Data types – Number"].
 *
 * <p>Equal values have one representation, so {@code equals} compares by value: integers below
 * 10^18 have scale 0 (they then live in a {@code long} inside BigDecimal, which makes the common
 * case cheap to add, compare and print), everything else has no trailing zeros.
 *
 * <p>Numbers from clients come from {@code Numbers.parse} and {@code Numbers.add}, which refuse
 * what the service refuses; the constructor only guards the invariant.
 */
public record DecimalNumber(BigDecimal value) implements Comparable<DecimalNumber> {
    public static final int MAX_SIGNIFICANT_DIGITS = 38;

    /** The largest exponent of the first digit in scientific notation. */
    public static final int MAX_EXPONENT = 125;

    /** The smallest exponent of the first digit in scientific notation. */
    public static final int MIN_EXPONENT = -130;

    public static final DecimalNumber ZERO = new DecimalNumber(BigDecimal.ZERO);

    /** Integers with at most this many digits are kept with scale 0; any of them fits a long. */
    private static final int PLAIN_INTEGER_DIGITS = 18;

    public DecimalNumber {
        value = normalise(value);
        if (!fits(value)) {
            throw new IllegalArgumentException("not a number of the API: " + value);
        }
    }

    public static DecimalNumber of(long value) {
        return value == 0 ? ZERO : new DecimalNumber(BigDecimal.valueOf(value));
    }

    /** True if the value has at most 38 significant digits and a magnitude that is supported. */
    public static boolean isInRange(BigDecimal value) {
        return fits(normalise(value));
    }

    private static boolean fits(BigDecimal normalised) {
        if (normalised.scale() == 0 && normalised.precision() <= PLAIN_INTEGER_DIGITS) {
            return true;
        }
        int exponent = exponentOf(normalised);
        return normalised.precision() <= MAX_SIGNIFICANT_DIGITS
                && exponent >= MIN_EXPONENT
                && exponent <= MAX_EXPONENT;
    }

    /** The exponent of the first significant digit, in scientific notation; 0 for zero. */
    public int exponent() {
        return value.signum() == 0 ? 0 : exponentOf(value);
    }

    public int signum() {
        return value.signum();
    }

    private static int exponentOf(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static BigDecimal normalise(BigDecimal value) {
        if (value.scale() == 0 && value.precision() <= PLAIN_INTEGER_DIGITS) {
            return value;
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        boolean plainInteger =
                stripped.scale() < 0
                        && stripped.precision() - (long) stripped.scale() <= PLAIN_INTEGER_DIGITS;
        return plainInteger ? stripped.setScale(0) : stripped;
    }

    @Override
    public int compareTo(DecimalNumber other) {
        return value.compareTo(other.value);
    }

    /** The canonical form: plain decimal digits, never an exponent. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
