package dev.stator.server.http;

/**
 * What all connections of a server share.
 *
 * @param budget of the bytes of bodies
 * @param openConnections counts them
 */
record ServerContext(
        HttpServerConfig config,
        ApiFrontDoor frontDoor,
        HttpResponses responses,
        BufferBudget budget,
        ConnectionCount openConnections) {}
