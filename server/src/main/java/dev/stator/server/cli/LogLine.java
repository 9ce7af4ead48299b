package dev.stator.server.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A line of the log: {@code 2026-11-22T15:14:05.123Z WARN [thread] class: message}, then the stack
 * trace if any.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        String name = event.getLoggerName();
        StringBuilder line =
                new StringBuilder(160)
                        .append(
                                Instant.ofEpochMilli(event.getTimeStamp())
                                        .truncatedTo(ChronoUnit.MILLIS))
                        .append(' ')
                        .append(event.getLevel())
                        .append(" [")
                        .append(event.getThreadName())
                        .append("] ")
                        .append(name, name.lastIndexOf('.') + 1, name.length())
                        .append(": ")
                        .append(event.getFormattedMessage())
                        .append('\n');
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString();
    }
}
