package dev.stator.model.error;

/**
 * Carries an {@link ApiError} out of parsing and validation, where the first problem ends the
 * request. Expected outcomes of operations are results, not exceptions; this is for requests that
 * are refused. It has no stack trace: it is an answer.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }

    /** A ValidationException with the given message. */
    public static ApiException validation(String message) {
        return new ApiException(new ApiError.Validation(message));
    }
}
