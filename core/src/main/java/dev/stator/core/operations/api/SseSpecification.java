package dev.stator.core.operations.api;

import java.util.Optional;

/** Encryption at rest as asked for. */
public record SseSpecification(
        Optional<Boolean> enabled, Optional<SseType> sseType, Optional<String> kmsMasterKeyId) {}
