package dev.stator.storage.store;

import dev.stator.core.store.KeyRange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads items. Keys are ordered as unsigned bytes. Every value is checked against the checksum
 * stored with it before anybody sees it. May be called from any thread, several at a time.
 *
 * <p>Every method throws {@link CorruptItemException} where a stored value is not what was written,
 * and {@link StoreException} where the storage engine fails.
 */
public interface StoreReader {

    /** The value of a key, or null where it has none. */
    byte @Nullable [] get(byte[] key) throws IOException;

    /** Visits the items of a range from its start on. */
    void scan(KeyRange range, ItemVisitor visitor) throws IOException;

    /** Visits the items of a range from its end back. */
    void scanReverse(KeyRange range, ItemVisitor visitor) throws IOException;
}
