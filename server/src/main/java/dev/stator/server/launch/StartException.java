package dev.stator.server.launch;

/**
 * Carries a {@link StartFailure} out of the start of a server. It has no stack trace: it is an
 * answer.
 */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StartFailure failure;

    public StartException(StartFailure failure) {
        super(failure.toString(), null, false, false);
        this.failure = failure;
    }

    public StartFailure failure() {
        return failure;
    }
}
