package dev.stator.core.partition;

import dev.stator.core.format.CommandCodec;

/**
 * How much one partition holds at a time. At each of them a request is answered {@code
 * Unavailable}, and nothing was done.
 */
final class Bounds {
    /** Writes that are proposed and not yet applied. */
    static final int PENDING_WRITES_MAX = 2_048;

    /** Bytes of their commands; the last one taken may exceed it. */
    static final int PENDING_BYTES_MAX = 16 << 20;

    /** Writes that wait for the item of one key to be read. */
    static final int WAITING_WRITES_PER_KEY_MAX = 256;

    /**
     * Writes that wait for an item to be read, or evaluated without a change and waiting for what
     * they were evaluated on.
     */
    static final int WAITING_WRITES_MAX = 2_048;

    /** Reads of single items that the store has not answered. */
    static final int GETS_MAX = 2_048;

    /** Range reads that the store has not answered; each may hold a page. */
    static final int SCANS_MAX = 64;

    /** A page ends when this many bytes were read, whatever was asked for. */
    static final int PAGE_BYTES_MAX = 1 << 20;

    /**
     * Bytes of change records that an index of the table has not taken. From here on writes are
     * throttled, as the service does where an index cannot keep up.
     */
    static final long RECORD_BYTES_MAX = 64L << 20;

    /** Items that transactions have prepared. */
    static final int PREPARED_ITEMS_MAX = 10_000;

    /**
     * The longest command that prepares an item: room is left for what its commit says of the item
     * as it was.
     */
    static final int PREPARE_BYTES_MAX = CommandCodec.COMMAND_BYTES_MAX - (512 << 10);

    /** How far the timestamp of a transaction may be from the leader's clock, before or after. */
    static final long PREPARE_SKEW_MILLIS = 10_000;

    /**
     * How long an item may be prepared until somebody is to look after its transaction: as long as
     * a client of the service is to wait for that (API reference, TransactionInProgressException).
     */
    static final long STALLED_MILLIS = 5_000;

    private Bounds() {}
}
