package dev.stator.core.wire;

/**
 * What an item that a transaction has prepared bears (ATC'23, section 3.3).
 *
 * @param ledgerKey the partition key of the transaction's record in the ledger, which says how it
 *     ends
 * @param timestampMicros of the transaction, in microseconds since 1970: that of all its writes
 */
public record TransactionMark(TransactionId id, String ledgerKey, long timestampMicros) {}
