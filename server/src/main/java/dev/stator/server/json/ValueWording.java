package dev.stator.server.json;

/**
 * Operations word their refusal of an attribute value in one of four ways (observed on the service
 * in several Regions, October 2026).
 */
enum ValueWording {
    /** PutItem, UpdateItem, DeleteItem: as one validation error. */
    ENVELOPED,
    /** GetItem, BatchGetItem, Query: the same words without the envelope. */
    BARE,
    /** BatchWriteItem, Scan, transactions: older words, and where the value stands. */
    OLDER,
    /** Parameters of statements: as the older ones, but for what they say of huge exponents. */
    STATEMENT;

    boolean isOlder() {
        return this == OLDER || this == STATEMENT;
    }
}
