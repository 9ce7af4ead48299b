package dev.stator.core.node;

/**
 * How far a store has applied a group's log.
 *
 * @param state as written with the batch that got there
 */
@SuppressWarnings("ArrayRecordComponent") // Read once at the start, never compared.
public record StorePosition(long appliedLsn, byte[] state) {
    public static final StorePosition NONE = new StorePosition(0, new byte[0]);
}
