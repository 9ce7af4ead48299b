package dev.stator.tools.fuzz;

/**
 * What a server must not do.
 *
 * @param what it did
 * @param shown the request that made it
 */
public record Finding(long seed, long caseNumber, String what, String shown) {
    @Override
    public String toString() {
        return "case %d of seed %d: %s\nreplay: stator fuzz --seed %d --from %d --cases 1\n%s"
                .formatted(caseNumber, seed, what, seed, caseNumber, shown);
    }
}
