/**
 * The HTTP server of the API (protocol AWS JSON 1.0 over HTTP/1.1), on Netty.
 *
 * <p>A connection belongs to one event loop, which does everything for it: it puts requests
 * together ({@link dev.stator.server.http.HttpConnection}), checks and reads them ({@link
 * dev.stator.server.http.ApiFrontDoor}), hands them over as an {@link
 * dev.stator.server.http.ApiCall}, and writes the answers in the order of the requests. Answers may
 * come from any thread.
 *
 * <p>Nothing that a client does is unbounded: see {@link dev.stator.server.http.HttpServerConfig}.
 */
@NullMarked
package dev.stator.server.http;

import org.jspecify.annotations.NullMarked;
