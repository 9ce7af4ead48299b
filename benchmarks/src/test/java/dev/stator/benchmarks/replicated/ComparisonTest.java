package dev.stator.benchmarks.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every write of every contender is acknowledged; how many there are is not looked at. */
class ComparisonTest {
    private static final int WRITERS = 32;
    private static final int ITEMS = 200;
    private static final int MILLIS = 500;

    @Test
    void everyWriteIsAcknowledged(@TempDir Path directory)
            throws IOException, InterruptedException {
        List<Kind> kinds =
                List.of(Kind.parse("bare"), Kind.parse("stator-1"), Kind.parse("stator-16"));
        Comparison comparison =
                new Comparison(kinds, new Load(WRITERS, ITEMS), directory, 0, MILLIS);
        var slices = comparison.run(1, (kind, slice) -> {});
        assertThat(slices.sequencedKeySet()).containsExactlyElementsOf(kinds);
        slices.forEach((kind, rounds) -> {
            assertThat(rounds).as("%s", kind).hasSize(1);
            assertThat(rounds.getFirst().failures()).as("%s", kind).isEmpty();
            assertThat(rounds.getFirst().nanos().getTotalCount()).as("%s", kind).isPositive();
        });
        assertThat(directory).as("what was written is removed").isEmptyDirectory();
    }
}
