package dev.stator.model;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Runs a property on many random cases; a failure says how to replay its case. */
public final class RandomCases {
    private static final String SEED_PROPERTY = "stator.seed";

    private RandomCases() {}

    /** Runs {@code cases} cases, each from a seed of its own; or one, if a seed is set. */
    public static void check(int cases, Consumer<SplittableRandom> property) {
        Long replayed = Long.getLong(SEED_PROPERTY);
        if (replayed != null) {
            property.accept(new SplittableRandom(replayed));
            return;
        }
        SplittableRandom seeds = new SplittableRandom();
        for (int i = 0; i < cases; i++) {
            long seed = seeds.nextLong();
            try {
                property.accept(new SplittableRandom(seed));
            } catch (Throwable failure) {
                throw new AssertionError(
                        "failed with seed %d; replay: ./build -pl model test -Dtest=%s -Dstator.seed=%d"
                                .formatted(seed, nameOfTest(), seed),
                        failure);
            }
        }
    }

    private static String nameOfTest() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.filter(frame ->
                                        !frame.getClassName().equals(RandomCases.class.getName()))
                                .findFirst()
                                .orElseThrow()
                                .toStackTraceElement())
                .toString()
                .replaceAll(
                        "^(?:.*/)?(?:[a-z]+\\.)*([A-Za-z0-9]+)\\.([A-Za-z0-9]+)\\(.*$", "$1#$2");
    }
}
