package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header, made once a second. Owned by one event loop. */
final class HttpDate {
    /** RFC 9110, section 5.6.7; the JDK's own format of RFC 1123 has days of one digit. */
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    /** In ASCII; not to be changed. */
    byte[] now() {
        long currentSecond = Math.floorDiv(System.currentTimeMillis(), 1_000L);
        if (currentSecond != second) {
            second = currentSecond;
            text = of(Instant.ofEpochSecond(second));
        }
        return text;
    }

    static byte[] of(Instant time) {
        return FORMAT.format(time).getBytes(US_ASCII);
    }
}
