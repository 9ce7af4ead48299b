package dev.stator.server.runtime;

import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.Endpoint;
import dev.stator.server.config.TlsFiles;
import dev.stator.server.http.ApiHandler;
import dev.stator.server.http.HttpServer;
import dev.stator.server.http.HttpServerConfig;
import dev.stator.server.launch.StartException;
import dev.stator.server.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where clients connect, with what decides who they are, kept up to date while it runs. */
final class ClientListener implements AutoCloseable {
    private static final String SERVICE = "dynamodb";
    private static final int EVENT_LOOPS_MAX = 4;

    private final HttpServer http;
    private final List<FileWatch> watches;

    private ClientListener(HttpServer http, List<FileWatch> watches) {
        this.http = http;
        this.watches = watches;
    }

    static ClientListener start(Endpoint endpoint, ClientAccess access, ApiHandler handler)
            throws StartException {
        List<FileWatch> watches = new ArrayList<>();
        SigV4Verifier verifier = verifier(access, watches);
        Optional<TlsIdentity> tls = access.tls().map(files -> identity(files, watches));
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, EVENT_LOOPS_MAX);
        HttpServerConfig config =
                HttpServerConfig.on(endpoint.host(), endpoint.port(), loops)
                        .forRegion(access.regionName());
        try {
            HttpServer http = HttpServer.start(config, tls, verifier, handler);
            watches.forEach(FileWatch::start);
            return new ClientListener(http, watches);
        } catch (IOException e) {
            throw StartFailures.ofListening(endpoint, e);
        }
    }

    /** Without any configured key every key is accepted. */
    private static SigV4Verifier verifier(ClientAccess access, List<FileWatch> watches) {
        if (access.credentials().isEmpty()) {
            return SigV4Verifier.permissive();
        }
        AccessKeys keys = new AccessKeys(access.credentials());
        Optional<Path> file = access.credentialsFile();
        file.ifPresent(path -> watches.add(new FileWatch(List.of(path), () -> keys.read(path))));
        return SigV4Verifier.strict(
                new SigV4Verifier.Keys(keys, SERVICE, access.region(), InstantSource.system()));
    }

    private static TlsIdentity identity(TlsFiles files, List<FileWatch> watches) {
        TlsIdentity identity = new TlsIdentity(files);
        watches.add(new FileWatch(files.paths(), identity::read));
        return identity;
    }

    InetSocketAddress address() {
        return http.address();
    }

    @Override
    public void close() {
        watches.forEach(FileWatch::close);
        http.close();
    }
}
