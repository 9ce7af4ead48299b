package dev.stator.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The Date header, made once a second. Owned by one event loop. */
final class HttpDate {
    private long second = Long.MIN_VALUE;
    private String text = "";

    String now() {
        long currentSecond = Math.floorDiv(System.currentTimeMillis(), 1_000L);
        if (currentSecond != second) {
            second = currentSecond;
            text =
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        }
        return text;
    }
}
