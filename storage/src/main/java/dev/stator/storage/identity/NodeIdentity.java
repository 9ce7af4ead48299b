package dev.stator.storage.identity;

import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The identity of a node, minted into its data directory: a node is its directory, not its line in
 * a configuration file, and an empty directory is a new node. It is what keeps a node that lost its
 * disk from voting a second time.
 *
 * <p>States: none, minted (the first start creates the log and the store), initialized. From
 * initialized on, a log or store that is missing is a loss and not a first start: the runtime calls
 * {@link #markInitialized} once both exist durably and opens them from then on in the way that
 * refuses to create.
 *
 * @param id 128 random bits
 * @param initialized whether the first start has come to its end
 */
public record NodeIdentity(UUID id, boolean initialized) {
    public static final String FILE_NAME = "identity";

    private static final int CONTENT_VERSION = 1;
    private static final int CONTENT_BYTES = 4 + 16 + 1;

    // What a directory may hold before it has an identity: an identity not quite written, and what
    // mkfs leaves at the root of a file system.
    private static final Set<String> IGNORED =
            Set.of(DurableFile.unfinishedName(FILE_NAME), "lost+found");

    /**
     * Reads the identity, or mints it into an empty directory.
     *
     * @param fresh the id to mint, drawn by the caller; used only where the directory is empty
     * @throws MissingIdentityException where there are files but no identity
     * @throws DamagedFileException where the identity cannot be read
     */
    public static NodeIdentity openOrMint(Disk dataDirectory, UUID fresh) throws IOException {
        DurableFile file = new DurableFile(dataDirectory, FILE_NAME);
        Optional<byte[]> content = file.read();
        if (content.isPresent()) {
            return decode(content.get());
        }
        List<String> found = new ArrayList<>(dataDirectory.list());
        found.removeAll(IGNORED);
        if (!found.isEmpty()) {
            throw new MissingIdentityException(dataDirectory.toString(), found);
        }
        NodeIdentity minted = new NodeIdentity(fresh, false);
        file.replace(minted.encode());
        return minted;
    }

    /** Records durably that the log and the store of this node exist. */
    public NodeIdentity markInitialized(Disk dataDirectory) throws IOException {
        NodeIdentity marked = new NodeIdentity(id, true);
        new DurableFile(dataDirectory, FILE_NAME).replace(marked.encode());
        return marked;
    }

    private byte[] encode() {
        return ByteBuffer.allocate(CONTENT_BYTES)
                .putInt(CONTENT_VERSION)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put((byte) (initialized ? 1 : 0))
                .array();
    }

    private static NodeIdentity decode(byte[] content) throws DamagedFileException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (content.length != CONTENT_BYTES || bytes.getInt() != CONTENT_VERSION) {
            throw new DamagedFileException(FILE_NAME, "its version is not known");
        }
        return new NodeIdentity(new UUID(bytes.getLong(), bytes.getLong()), bytes.get() != 0);
    }
}
