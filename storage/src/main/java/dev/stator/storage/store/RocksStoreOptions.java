package dev.stator.storage.store;

/**
 * The memory a store may take, in bytes.
 *
 * @param blockCacheBytes what is kept of the files' blocks, indexes and filters
 * @param memtableBytes how much is written before it becomes a file; up to twice this is held while
 *     a file is being written. Twice what is written between two flushes, or memtables become files
 *     by themselves besides
 */
public record RocksStoreOptions(long blockCacheBytes, long memtableBytes) {
    /** Small enough for three stores in one process on a laptop: 96 MiB each at the most. */
    public static final RocksStoreOptions DEFAULT = new RocksStoreOptions(32 << 20, 32 << 20);

    public RocksStoreOptions {
        if (blockCacheBytes <= 0 || memtableBytes <= 0) {
            throw new IllegalArgumentException("sizes must be positive");
        }
    }
}
