package dev.stator.server.auth;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When a request was signed, and whether that is now. */
final class SigningTime {
    private static final int SKEW_MINUTES = 15;
    private static final long SKEW_SECONDS = SKEW_MINUTES * 60L;
    private static final long EXPIRES_SECONDS_MAX = 7 * 24 * 3600L;
    private static final String PATTERN = "########T######Z";
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private SigningTime() {}

    /** Refuses a time that has the wrong form, or that is too long ago or too far ahead. */
    static void check(String date, @Nullable String expiresSeconds, Instant now) {
        Instant signed = parse(date);
        if (signed.isAfter(now.plusSeconds(SKEW_SECONDS))) {
            throw invalid(
                    "Signature not yet current: "
                            + date
                            + " is still later than "
                            + BASIC.format(now.plusSeconds(SKEW_SECONDS))
                            + " ("
                            + BASIC.format(now)
                            + " + "
                            + SKEW_MINUTES
                            + " min.)");
        }
        if (expiresSeconds != null) {
            Instant end = signed.plusSeconds(seconds(expiresSeconds));
            if (end.isBefore(now)) {
                throw invalid(
                        "Signature expired: "
                                + BASIC.format(end)
                                + " is now earlier than "
                                + BASIC.format(now));
            }
        } else if (signed.isBefore(now.minusSeconds(SKEW_SECONDS))) {
            throw invalid(
                    "Signature expired: "
                            + date
                            + " is now earlier than "
                            + BASIC.format(now.minusSeconds(SKEW_SECONDS))
                            + " ("
                            + BASIC.format(now)
                            + " - "
                            + SKEW_MINUTES
                            + " min.)");
        }
    }

    private static long seconds(String expires) {
        try {
            long seconds = Long.parseLong(expires);
            if (seconds >= 0 && seconds <= EXPIRES_SECONDS_MAX) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below.
        }
        throw Signature.incomplete(
                "X-Amz-Expires must be a number of seconds between 0 and 604800, got '"
                        + expires
                        + "'");
    }

    private static Instant parse(String date) {
        if (!hasForm(date)) {
            throw badForm(date);
        }
        try {
            return LocalDateTime.of(
                            number(date, 0, 4),
                            number(date, 4, 6),
                            number(date, 6, 8),
                            number(date, 9, 11),
                            number(date, 11, 13),
                            number(date, 13, 15))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noSuchTime) {
            throw badForm(date);
        }
    }

    private static boolean hasForm(String date) {
        if (date.length() != PATTERN.length()) {
            return false;
        }
        for (int i = 0; i < date.length(); i++) {
            char wanted = PATTERN.charAt(i);
            char c = date.charAt(i);
            boolean matches = wanted == '#' ? c >= '0' && c <= '9' : c == wanted;
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static int number(String date, int from, int to) {
        return Integer.parseInt(date, from, to, 10);
    }

    private static ApiException badForm(String date) {
        return Signature.incomplete(
                "Date must be in ISO-8601 'basic format'. Got '"
                        + date
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    private static ApiException invalid(String message) {
        return new ApiException(new ApiError.InvalidSignature(message));
    }
}
