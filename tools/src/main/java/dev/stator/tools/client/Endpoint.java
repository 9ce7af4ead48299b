package dev.stator.tools.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where an implementation of the API answers, by plain HTTP.
 *
 * @param name what reports call it
 */
public record Endpoint(String name, URI uri) {
    private static final int HTTP_PORT = 80;

    public Endpoint {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("not of the form http://HOST:PORT: " + uri);
        }
    }

    /** As it goes into the Host header. */
    public String host() {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    public int port() {
        return uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
    }

    public InetSocketAddress address() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(uri.getHost()), port());
    }
}
