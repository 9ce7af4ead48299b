package dev.stator.storage.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The store as it was at one moment, whatever is written since. It holds back the removal of old
 * versions, so it is not to be kept for long, and it has to be closed before its store.
 */
public interface StoreView extends StoreReader, AutoCloseable {

    /** How far a group was applied in what this view shows, or null where it was not known. */
    @Nullable AppliedPosition position(long groupId) throws IOException;

    @Override
    void close();
}
