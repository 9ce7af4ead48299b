package dev.stator.core.operations.api;

/** The kind of encryption at rest. */
public enum SseType {
    AES256,
    KMS
}
