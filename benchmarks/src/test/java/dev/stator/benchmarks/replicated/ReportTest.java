package dev.stator.benchmarks.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    private static final long SECOND = 1_000_000_000L;

    /** So many writes in one second, of one millisecond and ten microseconds of processor each. */
    private static Slice slice(int writes, Map<String, Long> failures) {
        Histogram nanos = new Histogram(3);
        nanos.recordValueWithCount(1_000_000, writes);
        return new Slice(nanos, SECOND, writes * 10_000L, failures);
    }

    private static List<Slice> slices(int... writes) {
        return java.util.Arrays.stream(writes).mapToObj(n -> slice(n, Map.of())).toList();
    }

    @Test
    void ratiosAreThoseOfTheRounds() {
        SequencedMap<Kind, List<Slice>> all = new LinkedHashMap<>();
        all.put(Kind.parse("bare"), slices(1000, 2000, 4000));
        all.put(Kind.parse("stator-1"), slices(500, 500, 1000));
        all.put(Kind.parse("ratis-1"), slices(100, 250, 250));
        all.put(Kind.parse("ratis-16"), slices(10, 10, 10));
        String report = Report.of(all);
        assertThat(report.lines())
                .contains(
                        "| bare | 2000 (1000 to 4000) | 1.00 | 1.00 | 1.00 | 1.0 | 10.0 | 0 |",
                        "| stator-1 / bare | 0.25 (0.25 to 0.50) | 0.4 |",
                        "| stator-1 / ratis-1 | 4.00 (2.00 to 5.00) | 5 |");
        assertThat(report).doesNotContain("stator-1 / ratis-16").doesNotContain("bare / ");
    }

    @Test
    void whatWasNotAcknowledgedIsSaid() {
        SequencedMap<Kind, List<Slice>> all = new LinkedHashMap<>();
        all.put(
                Kind.parse("stator-64"),
                List.of(slice(8, Map.of("Indeterminate", 2L)), slice(8, Map.of("lost", 1L))));
        assertThat(Report.of(all))
                .contains("| 10.0 | 3 |")
                .contains("stator-64, not acknowledged: 2 Indeterminate\n")
                .contains("stator-64, not acknowledged: 1 lost\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "raft-1", "stator", "stator-", "stator-0", "bare-2", "Stator-1"})
    void contendersHaveNames(String name) {
        assertThatThrownBy(() -> Kind.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
