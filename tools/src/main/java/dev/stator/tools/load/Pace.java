package dev.stator.tools.load;

import java.util.concurrent.TimeUnit;

/** When requests are due. Times are nanoseconds since the start of the slice. */
public sealed interface Pace {
    /** When the request of that number is due, the first being 0. */
    long dueNanos(long number, long nowNanos);

    /** How many requests are due before that time; a closed loop's are due when they are sent. */
    long dueBefore(long nanos, long sent);

    /** A connection sends its next request when it has the answer to the last one. */
    record ClosedLoop() implements Pace {
        @Override
        public long dueNanos(long number, long nowNanos) {
            return nowNanos;
        }

        @Override
        public long dueBefore(long nanos, long sent) {
            return sent;
        }
    }

    /**
     * Requests arrive at a steady rate, whether or not the server keeps up. One that finds no
     * connection free waits, and its time counts from when it was due: a server that stalls for a
     * second delays all requests of that second, not only those that were under way ("coordinated
     * omission").
     */
    record OpenLoop(double requestsPerSecond) implements Pace {
        @Override
        public long dueNanos(long number, long nowNanos) {
            return (long) (number * (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond));
        }

        @Override
        public long dueBefore(long nanos, long sent) {
            return (long) Math.ceil(nanos * (requestsPerSecond / TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
