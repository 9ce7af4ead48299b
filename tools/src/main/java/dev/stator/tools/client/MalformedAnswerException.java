package dev.stator.tools.client;

import java.io.IOException;

/** What was read is no answer that this client understands. */
public final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
