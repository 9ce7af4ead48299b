package dev.stator.server.auth;

/**
 * Who sent a request.
 *
 * @param accountId twelve digits
 * @param region the one that the request was signed for
 */
public record CallerIdentity(String accountId, String accessKeyId, String region) {
    /** The account of everybody where any access key is accepted. */
    public static final String ANY_ACCOUNT_ID = "000000000000";
}
