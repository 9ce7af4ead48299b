package dev.stator.storage.wal;

import static dev.stator.storage.wal.WalHistory.NODE;
import static dev.stator.storage.wal.WalHistory.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.wal.WalHistory.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random work, faults, kills and power failures against a list of what was appended. */
class WalCrashTest {
    private static final int SEEDS = 2_000;
    private static final int LIVES = 6;

    @Test
    void syncedRecordsAreNeverLostAndWhatSurvivesIsAPrefix() throws IOException {
        Counts total = new Counts();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Run(seed, total).play();
            } catch (AssertionError | IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(total.tornTails).as("torn tails met").isPositive();
        assertThat(total.partsOfBatches).as("unsynced records that survived").isPositive();
        assertThat(total.lost).as("unsynced records that were lost").isPositive();
        assertThat(total.deleted).as("segments deleted").isPositive();
        assertThat(total.faults).as("faults met").isPositive();
    }

    private static final class Counts {
        int tornTails;
        int partsOfBatches;
        int lost;
        int deleted;
        int faults;
    }

    private static final class Run {
        private final SimulatedDisk disk = new SimulatedDisk();
        private final SplittableRandom random;
        private final WalOptions options;
        private final Counts counts;
        private final List<Entry> appended = new ArrayList<>();
        // How many entries of the list are known to be durable.
        private int synced;
        private long number;

        Run(long seed, Counts counts) {
            this.random = new SplittableRandom(seed);
            this.counts = counts;
            this.options =
                    new WalOptions(
                            random.nextInt(200, 3000),
                            random.nextBoolean() ? 0 : random.nextInt(1, 2000),
                            random.nextInt(64, 1000));
        }

        void play() throws IOException {
            SharedWal wal = SharedWal.create(disk.open(), NODE, options);
            for (int life = 0; life < LIVES; life++) {
                try {
                    work(wal);
                } catch (IOException injected) {
                    counts.faults++;
                }
                end(wal);
                wal = recover();
            }
        }

        private void work(SharedWal wal) throws IOException {
            int steps = random.nextInt(40);
            int faultAt = random.nextInt(4) == 0 ? random.nextInt(steps + 1) : -1;
            for (int step = 0; step < steps; step++) {
                if (step == faultAt) {
                    SimulatedDisk.Fault[] faults = SimulatedDisk.Fault.values();
                    disk.armAfter(faults[random.nextInt(faults.length)], random.nextInt(3));
                }
                step(wal);
            }
        }

        private void step(SharedWal wal) throws IOException {
            long group = random.nextInt(4);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    wal.sync();
                    synced = appended.size();
                }
                case 3 -> {
                    appended.add(new Entry(group, false, 0));
                    wal.forget(group);
                }
                case 4 -> {
                    counts.deleted += wal.deleteReleasedSegments();
                }
                default -> {
                    boolean reset = random.nextInt(3) == 0;
                    appended.add(new Entry(group, reset, ++number));
                    wal.append(group, reset, payload(number));
                }
            }
        }

        private void end(SharedWal wal) throws IOException {
            switch (random.nextInt(4)) {
                case 0 -> {
                    try {
                        wal.close();
                    } catch (IOException injected) {
                        counts.faults++;
                    }
                    disk.killProcess();
                }
                case 1 -> disk.killProcess();
                case 2 -> disk.crashLosingUnsynced();
                default -> disk.crash(random);
            }
        }

        private SharedWal recover() throws IOException {
            WalHistory history = new WalHistory();
            SharedWal wal = WalHistory.open(disk, options, history);
            int survived = survivors(history.entries);
            counts.tornTails += wal.recovery().tornTail().isPresent() ? 1 : 0;
            counts.partsOfBatches += survived > synced && survived < appended.size() ? 1 : 0;
            counts.lost += appended.size() - survived;
            appended.subList(survived, appended.size()).clear();
            synced = survived;
            return wal;
        }

        /**
         * How many of the appended entries recovery stands for: at least the synced ones, replayed
         * in their order, where only segments that no group needs are missing at the front.
         */
        private int survivors(List<Entry> replayed) {
            for (int end = appended.size(); end >= synced; end--) {
                int start = end - replayed.size();
                if (start >= 0
                        && appended.subList(start, end).equals(replayed)
                        && WalHistory.state(appended.subList(0, end))
                                .equals(WalHistory.state(replayed))) {
                    return end;
                }
            }
            throw new AssertionError(
                    "replayed " + replayed + " of " + appended + ", synced " + synced);
        }
    }
}
