package dev.stator.storage.disk;

import java.io.IOException;

/** A file whose content is not what was written into it, or not of a version that is understood. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String file, String reason) {
        super("the file " + file + " is damaged or unknown: " + reason);
    }
}
