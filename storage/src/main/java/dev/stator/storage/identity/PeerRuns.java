package dev.stator.storage.identity;

import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The latest run of each other node that this one has heard of, durably. One that comes back with a
 * history in which that run is missing has forgotten what it voted for: its directory was put back
 * to an older copy, or is a copy that goes its own way. It must not vote again.
 *
 * <p>Used by any thread.
 */
public final class PeerRuns {
    public static final String FILE_NAME = "peers";

    private static final int CONTENT_VERSION = 1;
    private static final int PEER_BYTES = 4 * Long.BYTES;

    private final DurableFile file;
    private final SortedMap<UUID, Run> latest = new TreeMap<>();

    private record Run(long incarnation, long name) {}

    private PeerRuns(DurableFile file) {
        this.file = file;
    }

    public static PeerRuns open(Disk dataDirectory) throws IOException {
        PeerRuns runs = new PeerRuns(new DurableFile(dataDirectory, FILE_NAME));
        byte[] content = runs.file.read().orElse(null);
        if (content != null) {
            runs.decode(content);
        }
        return runs;
    }

    /**
     * Notes, durably, the present runs of other nodes.
     *
     * @return whether they are what they were; where one is not, nothing is noted
     */
    public synchronized boolean admit(Map<UUID, RunHistory> nodes) throws IOException {
        boolean news = false;
        for (Map.Entry<UUID, RunHistory> node : nodes.entrySet()) {
            Run known = latest.get(node.getKey());
            if (known != null && !node.getValue().includes(known.incarnation, known.name)) {
                return false;
            }
            news |= known == null || known.incarnation < node.getValue().incarnation();
        }
        if (news) {
            nodes.forEach(
                    (node, runs) -> latest.put(node, new Run(runs.incarnation(), runs.name())));
            file.replace(encode());
        }
        return true;
    }

    private byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + latest.size() * PEER_BYTES);
        bytes.putInt(CONTENT_VERSION);
        latest.forEach((node, run) ->
                bytes.putLong(node.getMostSignificantBits())
                        .putLong(node.getLeastSignificantBits())
                        .putLong(run.incarnation)
                        .putLong(run.name));
        return bytes.array();
    }

    private void decode(byte[] content) throws DamagedFileException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (content.length % PEER_BYTES != Integer.BYTES || bytes.getInt() != CONTENT_VERSION) {
            throw new DamagedFileException(FILE_NAME, "its version is not known");
        }
        while (bytes.hasRemaining()) {
            latest.put(
                    new UUID(bytes.getLong(), bytes.getLong()),
                    new Run(bytes.getLong(), bytes.getLong()));
        }
    }
}
