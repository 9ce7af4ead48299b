package dev.stator.storage.wal;

import java.util.Optional;

/**
 * What opening a log found.
 *
 * @param records how many records were replayed
 * @param tornTail what was cut off the end of the log, if anything was
 */
public record WalRecovery(long records, Optional<TornTail> tornTail) {

    /**
     * The remains of a write that no sync had confirmed.
     *
     * @param file the segment
     * @param offset where the remains began, in bytes; the segment ends there now
     * @param sizeBytes how much of the file was cut off
     */
    public record TornTail(String file, long offset, long sizeBytes) {}
}
