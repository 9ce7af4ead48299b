package dev.stator.server.auth;

import java.util.Map;
import java.util.Optional;

/** The access keys that are accepted. Asked by many threads, for every request. */
@FunctionalInterface
public interface CredentialStore {
    /** The key of that id; empty if there is none. */
    Optional<AccessKey> find(String accessKeyId);

    /** The given keys, by id. */
    static CredentialStore of(Map<String, AccessKey> keys) {
        Map<String, AccessKey> known = Map.copyOf(keys);
        return accessKeyId -> Optional.ofNullable(known.get(accessKeyId));
    }

    /** The secret of an access key, and the account that it belongs to. */
    record AccessKey(String secret, String accountId) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "AccessKey[accountId=" + accountId + "]";
        }
    }
}
