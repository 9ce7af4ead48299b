package dev.stator.core.operations;

import dev.stator.core.operations.api.SseSpecification;
import dev.stator.core.operations.api.SseType;

/** What a request may ask of encryption at rest (API reference, SSESpecification). */
final class EncryptionRules {
    private EncryptionRules() {}

    /**
     * Whether tables are to be encrypted with a key of the owner's, after the rules were checked.
     */
    static boolean isAskedFor(SseSpecification asked) {
        boolean disables = !asked.enabled().orElse(true);
        if (disables && asked.sseType().isPresent()) {
            throw Refusal.invalid("SSEType can not be specified if Enabled is false");
        }
        if (disables && asked.kmsMasterKeyId().isPresent()) {
            throw Refusal.invalid("KMSMasterKeyId can not be specified if Enabled is false");
        }
        if (asked.sseType().filter(type -> type == SseType.AES256).isPresent()) {
            throw Refusal.invalid("SSEType AES256 is not supported");
        }
        if (asked.kmsMasterKeyId().isPresent() && asked.sseType().isEmpty()) {
            throw Refusal.invalid("SSEType KMS is required if KMSMasterKeyId is specified");
        }
        return asked.enabled().orElse(asked.sseType().isPresent());
    }
}
