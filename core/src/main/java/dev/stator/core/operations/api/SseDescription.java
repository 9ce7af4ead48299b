package dev.stator.core.operations.api;

import java.util.Optional;

/** Encryption at rest with a customer's key. */
public record SseDescription(
        Status status, Optional<SseType> sseType, Optional<String> kmsMasterKeyArn) {
    /** The state of the encryption. */
    public enum Status {
        ENABLING,
        ENABLED,
        DISABLING,
        DISABLED,
        UPDATING
    }
}
