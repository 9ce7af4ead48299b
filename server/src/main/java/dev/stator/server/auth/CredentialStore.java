package dev.stator.server.auth;

import java.time.Instant;
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

    /**
     * The secret of an access key, and the account that it belongs to.
     *
     * @param session of temporary credentials; empty for a key that lasts
     */
    record AccessKey(String secret, String accountId, Optional<Session> session) {
        /** A key that lasts. */
        public AccessKey(String secret, String accountId) {
            this(secret, accountId, Optional.empty());
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "AccessKey[accountId=" + accountId + "]";
        }
    }

    /**
     * What makes credentials temporary.
     *
     * @param token that comes along with every request
     * @param expires from when on it is good no more; empty for never
     */
    record Session(String token, Optional<Instant> expires) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Session[expires=" + expires + "]";
        }
    }
}
