package dev.stator.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How clients reach the server, and who they may be.
 *
 * @param credentials the access keys to begin with; empty to accept any
 * @param credentialsFile where they were read from, and are read again when it changes; empty where
 *     they stay as they are
 * @param region that the cluster stands for; empty to be {@link #DEFAULT_REGION} and to accept
 *     signatures for every region
 * @param tls what the server proves itself with; empty to speak plain HTTP
 */
public record ClientAccess(
        List<Credential> credentials,
        Optional<Path> credentialsFile,
        Optional<String> region,
        Optional<TlsFiles> tls) {
    public static final String DEFAULT_REGION = "us-east-1";

    /** Any access key is accepted, for any region, over plain HTTP. */
    public static final ClientAccess OPEN =
            new ClientAccess(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public ClientAccess {
        credentials = List.copyOf(credentials);
    }

    /** As ARNs name it. */
    public String regionName() {
        return region.orElse(DEFAULT_REGION);
    }
}
