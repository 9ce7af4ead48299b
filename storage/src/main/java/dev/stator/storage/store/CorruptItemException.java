package dev.stator.storage.store;

import java.util.HexFormat;

/** The value stored under a key does not match its checksum. */
public final class CorruptItemException extends CorruptStoreException {
    private static final long serialVersionUID = 1L;

    private final byte[] key;

    public CorruptItemException(byte[] key) {
        super("the value stored under the key " + HexFormat.of().formatHex(key) + " is damaged");
        this.key = key;
    }

    public byte[] key() {
        return key.clone();
    }
}
