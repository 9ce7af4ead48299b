package dev.stator.server.auth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request line. The characters are the bytes that were sent, one each, as HTTP has
 * it; percent signs are resolved to bytes as well.
 */
final class QueryString {
    static final String SIGNATURE = "X-Amz-Signature";

    private static final QueryString NONE = new QueryString(List.of());

    private final List<Parameter> parameters;

    private QueryString(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** A parameter, decoded. */
    private record Parameter(String name, String value) {}

    static QueryString of(String uri) {
        int question = uri.indexOf('?');
        if (question < 0 || question == uri.length() - 1) {
            return NONE;
        }
        List<Parameter> parameters = new ArrayList<>();
        int at = question + 1;
        while (at <= uri.length()) {
            int end = uri.indexOf('&', at);
            end = end < 0 ? uri.length() : end;
            if (end > at) {
                int equals = uri.indexOf('=', at);
                boolean hasValue = equals >= 0 && equals < end;
                String name = PercentEncoding.decode(uri, at, hasValue ? equals : end);
                String value = hasValue ? PercentEncoding.decode(uri, equals + 1, end) : "";
                parameters.add(new Parameter(name, value));
            }
            at = end + 1;
        }
        return new QueryString(parameters);
    }

    boolean contains(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The first value; null if there is none or it is empty. */
    @Nullable String get(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value().isEmpty() ? null : parameter.value();
            }
        }
        return null;
    }

    /** Appends name=value pairs, encoded, in the order of their encoded names and values. */
    void appendCanonical(StringBuilder target) {
        if (parameters.isEmpty()) {
            return;
        }
        List<String> pairs = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            if (!parameter.name().equals(SIGNATURE)) {
                StringBuilder pair = new StringBuilder();
                PercentEncoding.append(parameter.name(), false, pair);
                // Sorts before everything that can follow in a name, as the end of the name must.
                pair.append('\0');
                PercentEncoding.append(parameter.value(), false, pair);
                pairs.add(pair.toString());
            }
        }
        pairs.sort(null);
        String separator = "";
        for (String pair : pairs) {
            target.append(separator).append(pair.replace('\0', '='));
            separator = "&";
        }
    }
}
