package dev.stator.server.runtime;

import dev.stator.server.auth.CredentialStore;
import dev.stator.server.config.Credential;
import dev.stator.server.config.CredentialsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The access keys of the configuration, which may be replaced while they are in use. */
final class AccessKeys implements CredentialStore {
    private volatile Map<String, AccessKey> keys;

    AccessKeys(List<Credential> credentials) {
        keys = byId(credentials);
    }

    /** All keys become those of the file; none, if it cannot be used. */
    void read(Path file) {
        keys = byId(CredentialsFile.read(file));
    }

    @Override
    public Optional<AccessKey> find(String accessKeyId) {
        return Optional.ofNullable(keys.get(accessKeyId));
    }

    private static Map<String, AccessKey> byId(List<Credential> credentials) {
        Map<String, AccessKey> keys = new LinkedHashMap<>();
        for (Credential credential : credentials) {
            Optional<Session> session =
                    credential
                            .sessionToken()
                            .map(token -> new Session(token, credential.expires()));
            keys.put(
                    credential.accessKeyId(),
                    new AccessKey(credential.secretAccessKey(), credential.accountId(), session));
        }
        return keys;
    }
}
