package dev.stator.storage.wal;

import java.io.IOException;

/** An earlier write or sync of the log failed, after which it takes nothing any more. */
public final class WalFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    WalFailedException(IOException cause) {
        super("the write-ahead log has failed and takes nothing any more", cause);
    }
}
