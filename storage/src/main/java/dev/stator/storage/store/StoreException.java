package dev.stator.storage.store;

import java.io.IOException;

/** The storage engine failed, or its files are damaged. */
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
