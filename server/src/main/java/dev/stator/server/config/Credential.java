package dev.stator.server.config;

/**
 * An access key that requests may be signed with.
 *
 * @param secretAccessKey never printed
 * @param accountId twelve digits; tables belong to an account
 */
public record Credential(String accessKeyId, String secretAccessKey, String accountId) {
    /**
     * The account of keys for which none is named, and of everybody where no keys are configured.
     */
    public static final String DEFAULT_ACCOUNT_ID = "000000000000";

    @Override
    public String toString() {
        return "Credential[" + accessKeyId + ", account " + accountId + "]";
    }
}
