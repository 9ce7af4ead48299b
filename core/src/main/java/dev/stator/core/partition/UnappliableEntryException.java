package dev.stator.core.partition;

/**
 * A committed entry that this replica does not know how to apply: written by a newer version, or
 * damaged. The replica stays at the entry before it, unharmed, and can go on when it has learnt to.
 */
public final class UnappliableEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long lsn;

    UnappliableEntryException(long lsn, String detail, RuntimeException cause) {
        super("entry " + lsn + ": " + detail, cause);
        this.lsn = lsn;
    }

    public long lsn() {
        return lsn;
    }
}
