package dev.stator.model.table;

/** Which table it is. Names are unique in an account, identifiers in the cluster. */
public record TableIdentity(String accountId, String name, TableId id, long createdAtMillis) {}
