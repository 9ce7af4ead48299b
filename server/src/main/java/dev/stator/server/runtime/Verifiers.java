package dev.stator.server.runtime;

import dev.stator.server.auth.CredentialStore;
import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.config.Credential;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the verifier of signatures that the configuration asks for. */
final class Verifiers {
    private static final String SERVICE = "dynamodb";

    private Verifiers() {}

    /** Without any configured key every key is accepted. */
    static SigV4Verifier of(List<Credential> credentials) {
        if (credentials.isEmpty()) {
            return SigV4Verifier.permissive();
        }
        Map<String, CredentialStore.AccessKey> keys = new LinkedHashMap<>();
        for (Credential credential : credentials) {
            keys.put(
                    credential.accessKeyId(),
                    new CredentialStore.AccessKey(
                            credential.secretAccessKey(), credential.accountId()));
        }
        return SigV4Verifier.strict(
                new SigV4Verifier.Keys(
                        CredentialStore.of(keys),
                        SERVICE,
                        Optional.empty(),
                        InstantSource.system()));
    }
}
