package dev.stator.server.auth;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The canonical form of a request, which both sides hash. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /**
     * Makes the canonical form. Its characters are bytes (ISO 8859-1), as those of the request are.
     *
     * @param signedHeaders in order and in lower case, see {@link #signedHeaders}
     * @param bodyHash SHA-256 of the body in hexadecimal
     */
    static String of(
            SignedMessage message, QueryString query, List<String> signedHeaders, String bodyHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(message.method()).append('\n');
        appendPath(message.uri(), text);
        text.append('\n');
        query.appendCanonical(text);
        text.append('\n');
        for (String name : signedHeaders) {
            text.append(name).append(':');
            appendValues(name, message.headers(), text);
            text.append('\n');
        }
        text.append('\n');
        String separator = "";
        for (String name : signedHeaders) {
            text.append(separator).append(name);
            separator = ";";
        }
        return text.append('\n').append(bodyHash).toString();
    }

    /** The names of signed headers, taken apart, in order. */
    static List<String> signedHeaders(String names) {
        List<String> sorted = new ArrayList<>();
        int at = 0;
        while (at <= names.length()) {
            int end = names.indexOf(';', at);
            end = end < 0 ? names.length() : end;
            if (end > at) {
                sorted.add(lowerCase(names.substring(at, end)));
            }
            at = end + 1;
        }
        sorted.sort(null);
        return sorted;
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void appendPath(String uri, StringBuilder target) {
        int end = uri.indexOf('?');
        String path = end < 0 ? uri : uri.substring(0, end);
        if (path.isEmpty() || path.equals("/")) {
            target.append('/');
            return;
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        for (String segment : segments) {
            target.append('/');
            PercentEncoding.append(segment, true, target);
        }
        boolean folder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
        if (segments.isEmpty() || folder) {
            target.append('/');
        }
    }

    private static void appendValues(String name, HttpHeaders headers, StringBuilder target) {
        String separator = "";
        for (String value : headers.getAll(name)) {
            target.append(separator);
            appendCollapsed(value, target);
            separator = ",";
        }
    }

    /** Appends a value without the blanks at its ends, runs of blanks inside being one. */
    private static void appendCollapsed(String value, StringBuilder target) {
        boolean blankBefore = false;
        int start = target.length();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean blank = c == ' ' || c == '\t';
            if (!blank) {
                if (blankBefore && target.length() > start) {
                    target.append(' ');
                }
                target.append(c);
            }
            blankBefore = blank;
        }
    }
}
