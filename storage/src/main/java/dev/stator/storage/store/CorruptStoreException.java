package dev.stator.storage.store;

/**
 * Content of the store is damaged: a part of a file does not match its checksum. Reads that do not
 * meet it are sound.
 */
public class CorruptStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    public CorruptStoreException(String message) {
        super(message);
    }

    public CorruptStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
