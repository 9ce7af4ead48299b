package dev.stator.benchmarks.replicated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Contenders take turns, round by round, each in a fresh directory that is removed afterwards: a
 * disk or machine whose speed drifts hurts the ratios of a round little.
 *
 * @param directory where they write: on the disk that is meant
 */
record Comparison(List<Kind> kinds, Load load, Path directory, long warmUpMillis, long millis) {
    Comparison {
        kinds = List.copyOf(kinds);
    }

    /** Slices of all rounds, by contender. */
    SequencedMap<Kind, List<Slice>> run(int rounds, BiConsumer<Kind, Slice> progress)
            throws IOException, InterruptedException {
        SequencedMap<Kind, List<Slice>> slices = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Kind kind : kinds) {
                Slice slice = slice(kind);
                slices.computeIfAbsent(kind, absent -> new ArrayList<>()).add(slice);
                progress.accept(kind, slice);
            }
        }
        return slices;
    }

    private Slice slice(Kind kind) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(directory, "bench-storage-");
        try {
            ClosedLoop loop = new ClosedLoop(load);
            try (Contender contender = open(kind, own, loop)) {
                return loop.run(contender, warmUpMillis, millis);
            }
        } finally {
            delete(own);
        }
    }

    private Contender open(Kind kind, Path own, Contender.Outcomes outcomes)
            throws IOException, InterruptedException {
        return switch (kind.type()) {
            case BARE -> new BareLog(own, load, outcomes);
            case STATOR -> new StorageNodes(own, kind.groups(), load, outcomes);
            case RATIS -> new RatisServers(own, kind.groups(), load, outcomes);
        };
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted((left, right) -> right.compareTo(left)).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
