package dev.stator.storage.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The bytes of a simulated file: in the page cache, on the device, and the writes in between. */
final class SimulatedContent {

    private sealed interface Change {
        record Write(int position, byte[] bytes) implements Change {}

        record Truncate(int size) implements Change {}
    }

    /** Bytes that grow; what lies between the old and the new end reads as zeros. */
    private static final class Extent {
        private byte[] bytes = new byte[0];
        private int size;

        void write(int position, byte[] source, int from, int length) {
            if (length == 0) {
                return;
            }
            int end = Math.addExact(position, length);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            }
            System.arraycopy(source, from, bytes, position, length);
            size = Math.max(size, end);
        }

        void truncate(int newSize) {
            if (newSize < size) {
                Arrays.fill(bytes, newSize, size, (byte) 0);
                size = newSize;
            }
        }

        void apply(Change change) {
            switch (change) {
                case Change.Write(var position, var source) ->
                        write(position, source, 0, source.length);
                case Change.Truncate(var newSize) -> truncate(newSize);
            }
        }

        void copyFrom(Extent other) {
            bytes = Arrays.copyOf(other.bytes, other.size);
            size = other.size;
        }
    }

    private final Extent cached = new Extent();
    private final Extent durable = new Extent();
    private final List<Change> unsynced = new ArrayList<>();
    // Set once the cache holds what no sync will ever write: it then differs from the device.
    private boolean forgotten;

    int size() {
        return cached.size;
    }

    /** What a running process reads; valid up to {@link #size}. */
    byte[] bytes() {
        return cached.bytes;
    }

    void write(int position, byte[] bytes) {
        change(new Change.Write(position, bytes));
    }

    void truncate(int size) {
        change(new Change.Truncate(size));
    }

    private void change(Change change) {
        cached.apply(change);
        unsynced.add(change);
    }

    void sync() {
        unsynced.forEach(durable::apply);
        unsynced.clear();
    }

    /** A sync that failed: the writes stay in the cache and are taken for written. */
    void forgetUnsynced() {
        forgotten |= !unsynced.isEmpty();
        unsynced.clear();
    }

    void flipBit(long bit) {
        int index = Math.toIntExact(bit / Byte.SIZE);
        if (index >= cached.size) {
            throw new IllegalArgumentException("bit " + bit + " of " + cached.size + " bytes");
        }
        byte mask = (byte) (1 << (bit % Byte.SIZE));
        cached.bytes[index] ^= mask;
        if (index < durable.size) {
            durable.bytes[index] ^= mask;
        }
    }

    void crash(RandomGenerator choices) {
        switch (choices.nextInt(4)) {
            case 0 -> {}
            case 1 -> unsynced.forEach(durable::apply);
            case 2 -> keepPrefix(choices);
            default -> keepSectors(choices);
        }
        loseUnsynced();
    }

    private void keepPrefix(RandomGenerator choices) {
        int whole = choices.nextInt(unsynced.size() + 1);
        unsynced.subList(0, whole).forEach(durable::apply);
        if (whole < unsynced.size() && unsynced.get(whole) instanceof Change.Write torn) {
            int kept = choices.nextInt(torn.bytes.length + 1);
            durable.write(torn.position, torn.bytes, 0, kept);
        }
    }

    private void keepSectors(RandomGenerator choices) {
        for (Change change : unsynced) {
            switch (change) {
                case Change.Write write -> keepSectors(write, choices);
                case Change.Truncate truncate -> {
                    if (choices.nextBoolean()) {
                        durable.apply(truncate);
                    }
                }
            }
        }
    }

    private void keepSectors(Change.Write write, RandomGenerator choices) {
        int from = 0;
        while (from < write.bytes.length) {
            int position = write.position + from;
            int sectorEnd =
                    (position / SimulatedDisk.SECTOR_BYTES + 1) * SimulatedDisk.SECTOR_BYTES;
            int length = Math.min(sectorEnd - position, write.bytes.length - from);
            if (choices.nextBoolean()) {
                durable.write(position, write.bytes, from, length);
            }
            from += length;
        }
    }

    void loseUnsynced() {
        if (forgotten || !unsynced.isEmpty()) {
            unsynced.clear();
            cached.copyFrom(durable);
            forgotten = false;
        }
    }

    SimulatedContent copyOfDurable() {
        SimulatedContent copy = new SimulatedContent();
        copy.durable.copyFrom(durable);
        copy.cached.copyFrom(durable);
        return copy;
    }
}
