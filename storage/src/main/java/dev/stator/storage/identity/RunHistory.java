package dev.stator.storage.identity;

import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a node: how many there were, the present one included, and the random names of the
 * latest. A directory that was put back to an older copy, or copied, tells by its names of runs
 * that it is not what it was, although it may have counted as many: the runs that others know are
 * not in it.
 *
 * @param incarnation counts the runs from 1 on; of the present one
 * @param names of the last runs, the present one's last; at most {@link #REMEMBERED}
 */
public record RunHistory(long incarnation, List<Long> names) {
    /** Runs that can be told from others of the same number; earlier ones are believed. */
    public static final int REMEMBERED = 256;

    public static final String FILE_NAME = "incarnation";

    private static final int CONTENT_VERSION = 1;
    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES;

    public RunHistory {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > Math.min(incarnation, REMEMBERED)) {
            throw new IllegalArgumentException(names.size() + " names of " + incarnation + " runs");
        }
    }

    /**
     * Counts a run that begins, durably.
     *
     * @param initialized whether the directory has been in use: then there were runs before
     * @param name of the new run, random
     * @throws DamagedFileException where the runs cannot be read, or are missing
     */
    public static RunHistory begin(Disk dataDirectory, boolean initialized, long name)
            throws IOException {
        DurableFile file = new DurableFile(dataDirectory, FILE_NAME);
        Optional<byte[]> content = file.read();
        if (content.isEmpty() && initialized) {
            throw new DamagedFileException(FILE_NAME, "it is missing");
        }
        RunHistory begun =
                content.isEmpty()
                        ? new RunHistory(1, List.of(name))
                        : decode(content.get()).next(name);
        file.replace(begun.encode());
        return begun;
    }

    private RunHistory next(long name) {
        List<Long> all = new ArrayList<>(names);
        all.add(name);
        return new RunHistory(
                incarnation + 1, all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
    }

    /** The name of the present run. */
    public long name() {
        return names.getLast();
    }

    /** Whether this is the node's own later, or same, history: the given run is part of it. */
    public boolean includes(long earlier, long itsName) {
        long age = incarnation - earlier;
        return age >= 0
                && (age >= names.size()
                        || names.get((int) (names.size() - 1 - age)).equals(itsName));
    }

    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + names.size() * Long.BYTES);
        bytes.putInt(CONTENT_VERSION).putLong(incarnation);
        names.forEach(bytes::putLong);
        return bytes.array();
    }

    /**
     * @throws DamagedFileException where it is not what {@link #encode} made
     */
    public static RunHistory decode(byte[] content) throws DamagedFileException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        int count = (content.length - HEADER_BYTES) / Long.BYTES;
        if (content.length < HEADER_BYTES + Long.BYTES
                || content.length != HEADER_BYTES + count * Long.BYTES
                || bytes.getInt() != CONTENT_VERSION) {
            throw new DamagedFileException(FILE_NAME, "its version is not known");
        }
        long incarnation = bytes.getLong();
        if (count > Math.min(incarnation, REMEMBERED)) {
            throw new DamagedFileException(FILE_NAME, "it names more runs than there were");
        }
        List<Long> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(bytes.getLong());
        }
        return new RunHistory(incarnation, names);
    }
}
