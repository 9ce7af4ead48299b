package dev.stator.tools.load;

/** A run that could not be carried out; the message is for the user. */
public final class BenchException extends Exception {
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }
}
