package dev.stator.model.validation;

import dev.stator.model.DecimalNumber;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.math.BigDecimal;

/**
 * Reads and computes numbers as the service does: by its grammar, exactly, and refusing whatever
 * does not fit 38 significant digits or the supported magnitudes. Nothing is ever rounded.
 *
 * <p>All work is linear in the length of the text, whatever its exponent says.
 */
public final class Numbers {
    /** A decimal integer of at most this many characters, sign included, fits a long. */
    private static final int FAST_PATH_CHARS = 18;

    private Numbers() {}

    /**
     * Parses {@code sign? (digits [. digits?] | . digits) ((e|E) sign? digits)?}.
     *
     * @throws ApiException (validation) if the text is not a number or not one that can be stored
     */
    public static DecimalNumber parse(String text) {
        int length = text.length();
        if (length == 0) {
            throw ApiException.validation(Messages.EMPTY_NUMBER);
        }
        if (length > FAST_PATH_CHARS) {
            return new NumberText(text).toNumber();
        }
        boolean negative = text.charAt(0) == '-';
        int first = negative ? 1 : 0;
        long value = 0;
        for (int i = first; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return new NumberText(text).toNumber();
            }
            value = value * 10 + digit;
        }
        if (first == length) {
            return new NumberText(text).toNumber();
        }
        return DecimalNumber.of(negative ? -value : value);
    }

    /**
     * The exact sum.
     *
     * @throws ApiException (validation) if it is not a number of the API
     */
    public static DecimalNumber add(DecimalNumber left, DecimalNumber right) {
        return checked(left.value().add(right.value()));
    }

    /**
     * The exact difference.
     *
     * @throws ApiException (validation) if it is not a number of the API
     */
    public static DecimalNumber subtract(DecimalNumber left, DecimalNumber right) {
        return checked(left.value().subtract(right.value()));
    }

    private static DecimalNumber checked(BigDecimal result) {
        if (!DecimalNumber.isInRange(result)) {
            throw ApiException.validation(
                    isTooSmall(result) ? Messages.NUMBER_UNDERFLOW : Messages.NUMBER_OVERFLOW);
        }
        return new DecimalNumber(result);
    }

    /** Too many digits are reported as overflow, as the service does for 1E50 + 1. */
    private static boolean isTooSmall(BigDecimal result) {
        return result.precision() - result.scale() - 1 < DecimalNumber.MIN_EXPONENT;
    }
}
