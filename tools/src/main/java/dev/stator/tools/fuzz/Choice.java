package dev.stator.tools.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Choices that a seed makes. */
record Choice(RandomGenerator random) {
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
