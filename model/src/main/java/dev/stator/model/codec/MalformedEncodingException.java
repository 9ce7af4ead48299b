package dev.stator.model.codec;

/**
 * Bytes that no writer of a known version can have written: damaged, cut off, or hostile. What was
 * read from them so far is worthless.
 */
public final class MalformedEncodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedEncodingException(String message) {
        super(message);
    }

    public MalformedEncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
