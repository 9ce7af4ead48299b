package dev.stator.storage.disk;

import java.io.IOException;

/** Another process, or another node of this one, holds the directory. */
public final class DirectoryLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    public DirectoryLockedException(String directory, String holder) {
        super(directory + " is in use by " + holder);
        this.holder = holder;
    }

    /** Who has it, as a reader of a message calls it. */
    public String holder() {
        return holder;
    }
}
