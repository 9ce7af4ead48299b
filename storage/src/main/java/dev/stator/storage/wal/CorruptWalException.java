package dev.stator.storage.wal;

import java.io.IOException;

/**
 * The log has lost or changed something that was durable. The replicas that wrote to it may have
 * forgotten a vote, so the node does not start on it.
 */
public final class CorruptWalException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    public CorruptWalException(String file, long offset, String reason) {
        super("the write-ahead log is corrupt in " + file + " at byte " + offset + ": " + reason);
        this.file = file;
        this.offset = offset;
    }

    /** The file concerned, by its name in the directory of the log. */
    public String file() {
        return file;
    }

    /** Where in the file the damage was met, in bytes. */
    public long offset() {
        return offset;
    }
}
