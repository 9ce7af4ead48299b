package dev.stator.tools.load;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.Endpoint;
import java.util.List;

/**
 * What a run does.
 *
 * @param endpoints the first is what the others are compared with
 */
public record BenchPlan(
        List<Endpoint> endpoints,
        List<Workload> workloads,
        Credentials credentials,
        Client client,
        Timing timing,
        Data data,
        long seed) {
    /**
     * How the client works.
     *
     * @param connections to each endpoint, over all threads
     * @param timeoutMillis after which a request is given up
     */
    public record Client(int connections, int threads, int timeoutMillis) {}

    /**
     * How long and how fast.
     *
     * @param pace for all threads together
     * @param warmUpSeconds for each endpoint and workload
     * @param seconds of one slice
     * @param rounds slices of each endpoint and workload
     */
    public record Timing(Pace pace, int warmUpSeconds, int seconds, int rounds) {}

    /** The tables. Kept ones are neither made nor filled when they are there, nor deleted. */
    public record Data(Tables tables, RequestSource.KeySpace space, boolean isKept) {}
}
