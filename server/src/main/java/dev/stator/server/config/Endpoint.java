package dev.stator.server.config;

import java.net.InetSocketAddress;

/**
 * A host name or address and a TCP port. Written {@code host:port}, an IPv6 address in brackets.
 *
 * @param port 0 to 65535; 0 lets the system choose where something listens
 */
public record Endpoint(String host, int port) {
    public static final int PORT_MAX = 65_535;
    private static final int HOST_LENGTH_MAX = 253;

    public Endpoint {
        if (!isHost(host)) {
            throw new ConfigException("'" + host + "' is not a host name or an IP address");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new ConfigException("port " + port + " is not between 0 and " + PORT_MAX);
        }
    }

    /** Reads {@code host:port}. */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
        if (colon <= 0 || (!bracketed && text.indexOf(':') != colon)) {
            throw new ConfigException(
                    "'" + text + "' is not host:port (an IPv6 address goes in brackets)");
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        return new Endpoint(host, parsePort(text.substring(colon + 1), text));
    }

    private static int parsePort(String digits, String text) {
        try {
            return digits.isEmpty() || digits.length() > 5 ? -1 : Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            throw new ConfigException("'" + text + "' is not host:port: the port is not a number");
        }
    }

    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > HOST_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '.' && c != '-' && c != ':' && c != '%' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks the host name up, which may take a while; the result is unresolved where that fails.
     */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
