package dev.stator.model;

import java.math.BigDecimal;

/**
 * A number of the API: up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero [API
 * reference, "Data types – Number"]. The value is kept without trailing zeros, so {@code equals}
 * compares by value.
 */
public record DecimalNumber(BigDecimal value) implements Comparable<DecimalNumber> {
    public DecimalNumber {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
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
