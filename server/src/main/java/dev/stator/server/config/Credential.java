package dev.stator.server.config;

import java.time.Instant;
import java.util.Optional;

/**
 * An access key that requests may be signed with.
 *
 * @param secretAccessKey never printed
 * @param accountId twelve digits; tables belong to an account
 * @param sessionToken that requests must carry; empty for a key that lasts. Never printed
 * @param expires from when on the session token is good no more; empty for never
 */
public record Credential(
        String accessKeyId,
        String secretAccessKey,
        String accountId,
        Optional<String> sessionToken,
        Optional<Instant> expires) {
    /**
     * The account of keys for which none is named, and of everybody where no keys are configured.
     */
    public static final String DEFAULT_ACCOUNT_ID = "000000000000";

    /** A key that lasts. */
    public Credential(String accessKeyId, String secretAccessKey, String accountId) {
        this(accessKeyId, secretAccessKey, accountId, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "Credential[" + accessKeyId + ", account " + accountId + "]";
    }
}
