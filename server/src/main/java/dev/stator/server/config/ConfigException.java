package dev.stator.server.config;

/**
 * The configuration cannot be used. The message is one line for the operator: where it stands,
 * which key, which value, and what is allowed. It has no stack trace: it is an answer.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message, null, false, false);
    }

    /** The message; never absent here. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
