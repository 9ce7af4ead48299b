package dev.stator.tools.fuzz;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;

/**
 * What to send, and where.
 *
 * @param workers connections, each with tables of its own
 */
public record FuzzPlan(
        Endpoint endpoint, Credentials credentials, long seed, Cases cases, int workers) {
    /**
     * Cases by their numbers.
     *
     * @param from the first one
     */
    public record Cases(long from, long count) {}
}
