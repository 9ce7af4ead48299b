package dev.stator.core.operations.api;

/** How a table is billed and admitted. */
public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
}
