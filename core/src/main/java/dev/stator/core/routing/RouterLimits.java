package dev.stator.core.routing;

/**
 * The bounds of a router.
 *
 * @param deadlineMillis what a request may take. It is above the time in which a group gets a new
 *     leader (about 2.5 s), so that requests ride that out. At the bound: ServiceUnavailable if
 *     nothing was done, else InternalServerError
 * @param askMillis what a MemDS node may take before another one is asked
 * @param readMillis what a replica may take for a read before another one is asked. A write is
 *     waited for until the deadline, since it is not tried again unless nothing was done
 * @param suspicionMillis how long a node that did not answer is only asked when all others failed;
 *     then one request tries it
 * @param maxRequests requests in flight; at the bound: ServiceUnavailable
 */
public record RouterLimits(
        int deadlineMillis, int askMillis, int readMillis, int suspicionMillis, int maxRequests) {
    public static final RouterLimits DEFAULT = new RouterLimits(5_000, 200, 500, 2_000, 4_096);

    /** Asks of MemDS in flight. At the bound a hit is used without asking, and a miss waits. */
    static final int MAX_ASKS = 65_536;

    /** At the bound the least recently used one is forgotten. */
    static final int MAX_CACHED_TABLES = 10_000;

    /** At the bound the least recently used one is forgotten. */
    static final int MAX_CACHED_PARTITIONS = 100_000;

    /** Times that one call follows a replica's word on who leads before it backs off. */
    static final int MAX_REDIRECTS = 3;
}
