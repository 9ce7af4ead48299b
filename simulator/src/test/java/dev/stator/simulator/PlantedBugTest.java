package dev.stator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.simulator.fault.Fault;
import dev.stator.simulator.plant.PlantedBug;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mistakes that are made on purpose, each of which must be caught within so many seeds as stand
 * beside it, with faults of every kind or with those that it needs. A checker that catches none of
 * them proves nothing.
 */
class PlantedBugTest {
    private static final int JOBS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    /** From the first seed on, so many. */
    private record Search(long firstSeed, int seedsMax, List<Fault> faults) {
        static Search anyFaults(int seedsMax) {
            return new Search(1, seedsMax, List.of(Fault.values()));
        }
    }

    private static final Map<PlantedBug, Search> SEARCHES = searches();

    private static Map<PlantedBug, Search> searches() {
        Map<PlantedBug, Search> searches = new EnumMap<>(PlantedBug.class);
        for (PlantedBug bug : PlantedBug.values()) {
            searches.put(bug, Search.anyFaults(60));
        }
        // Some need a turn of events that only some faults bring about.
        searches.put(PlantedBug.SKIP_FRAME_CHECKSUM, new Search(1, 5, List.of(Fault.CORRUPT)));
        searches.put(PlantedBug.NO_SILENCE_AFTER_RESTART, new Search(1, 30, List.of(Fault.HUNT)));
        searches.put(
                PlantedBug.RESTORED_DISK_VOTES,
                new Search(90, 30, List.of(Fault.DAMAGE, Fault.CRASH, Fault.PARTITION)));
        searches.put(
                PlantedBug.READ_CLOCK_ONCE_PER_BATCH,
                new Search(1, 30, List.of(Fault.HUNT, Fault.PAUSE)));
        return searches;
    }

    @ParameterizedTest
    @EnumSource(
            value = PlantedBug.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void aPlantedBugIsCaught(PlantedBug bug) {
        Search search = SEARCHES.getOrDefault(bug, Search.anyFaults(0));
        RunOptions options = RunOptions.DEFAULT.withBug(bug).withFaults(search.faults());
        Optional<Verdict> caught =
                new SeedSweep(options, JOBS, true, verdict -> {})
                        .run(
                                search.firstSeed(),
                                search.firstSeed() + search.seedsMax() - 1,
                                () -> true);
        assertThat(caught).as("%s in %d seeds", bug, search.seedsMax()).isPresent();
    }

    @Test
    void thereAreTwelveAtLeast() {
        assertThat(PlantedBug.values()).hasSizeGreaterThan(12);
    }
}
