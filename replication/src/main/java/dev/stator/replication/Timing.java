package dev.stator.replication;

/**
 * The times that replication works with, in nanoseconds. The papers name none of them (ATC'22 gives
 * "a couple of seconds" for a lease); ours are chosen so that a failed leader is replaced well
 * within three seconds and that a pause of a few hundred milliseconds costs nobody an office.
 *
 * @param leaseNanos how long a granted lease binds its granter, on the granter's clock
 * @param driftPpm how much the rate of any node's clock may differ from real time, in parts per
 *     million
 * @param heartbeatNanos between two heartbeats to the same node
 * @param staggerNanos by how much later each further member starts an election, so that they do not
 *     collide
 * @param retransmitNanos after which an unanswered message is sent again
 * @param stallNanos after which a leader that makes no progress gives up its office
 * @param eventualReadNanos how long after the last word of its leader a replica still answers
 *     eventually consistent reads
 */
public record Timing(
        long leaseNanos,
        long driftPpm,
        long heartbeatNanos,
        long staggerNanos,
        long retransmitNanos,
        long stallNanos,
        long eventualReadNanos) {
    private static final long MILLIS = 1_000_000L;
    private static final long PPM = 1_000_000L;

    public static final Timing DEFAULT =
            new Timing(
                    1_000 * MILLIS,
                    10_000,
                    200 * MILLIS,
                    100 * MILLIS,
                    250 * MILLIS,
                    5_000 * MILLIS,
                    5_000 * MILLIS);

    public Timing {
        if (leaseNanos <= 0 || heartbeatNanos <= 0 || heartbeatNanos * 3 > leaseNanos) {
            throw new IllegalArgumentException(
                    "a lease must outlast three heartbeats: " + leaseNanos);
        }
        if (driftPpm < 0 || driftPpm > PPM / 10) {
            throw new IllegalArgumentException(
                    "drift must be between 0 and 100,000 ppm: " + driftPpm);
        }
    }

    /**
     * How long a leader relies on a lease, on its own clock, from the moment when it sent the
     * heartbeat. With rates within 1 ± d of real time, a granter keeps its word for at least {@code
     * lease / (1 + d)} of real time, and a leader that measures {@code x} has used at most {@code x
     * / (1 - d)}.
     */
    public long leaderLeaseNanos() {
        return leaseNanos / (PPM + driftPpm) * (PPM - driftPpm);
    }
}
