package dev.stator.model.table;

/** How the capacity of a table is bounded and charged (API reference, BillingMode). */
public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
}
