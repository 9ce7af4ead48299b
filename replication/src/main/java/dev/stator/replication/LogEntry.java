package dev.stator.replication;

/**
 * An entry of a group's log. The pair of LSN and ballot names one entry for ever: the owner of a
 * ballot proposes at most one entry at an LSN. The payload is opaque here; its array is never
 * changed after the entry is made.
 *
 * @param ballot the ballot in which the entry was first proposed; it stays when a later leader
 *     adopts the entry
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Entries are compared by LSN and ballot, never by payload.
public record LogEntry(long lsn, Ballot ballot, Kind kind, byte[] payload) {
    /** What an entry is to the group itself. */
    public enum Kind {
        /** A command of the state machine. */
        COMMAND,
        /**
         * The first entry of a new leader's ballot; once it is committed the leader knows all that
         * was. No payload.
         */
        BALLOT_START
    }

    /**
     * Bytes that an entry is counted with in the bounds of messages and logs, besides its payload.
     */
    public static final int OVERHEAD_BYTES = 48;

    public int sizeBytes() {
        return OVERHEAD_BYTES + payload.length;
    }

    @Override
    public String toString() {
        return lsn + "@" + ballot + (kind == Kind.BALLOT_START ? "*" : "");
    }
}
