package dev.stator.server.http;

import dev.stator.server.tls.TlsIdentity;
import java.util.Optional;

/**
 * What all connections of a server share.
 *
 * @param tls empty for plain HTTP
 * @param budget of the bytes of bodies
 * @param openConnections counts them
 */
record ServerContext(
        HttpServerConfig config,
        Optional<TlsIdentity> tls,
        ApiFrontDoor frontDoor,
        HttpResponses responses,
        BufferBudget budget,
        ConnectionCount openConnections) {}
