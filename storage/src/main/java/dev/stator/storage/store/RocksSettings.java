package dev.stator.storage.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB is set up, and the native objects this takes, which live as long as the database.
 *
 * <ul>
 *   <li>No log of its own, as the groups' log is one; so column families must flush together
 *       (atomic_flush), or items and positions could part in a crash.
 *   <li>paranoid_checks: damage met anywhere is an error, and the database goes read-only on it.
 *   <li>No flush at shutdown: {@link RocksPartitionStore#close} flushes and says whether that went
 *       well.
 *   <li>Two background jobs, one flush and one compaction: the threads are shared by all stores of
 *       the process, and the requests need the processor.
 *   <li>bytes_per_sync of 1 MiB: files reach the device as they are written; otherwise the file
 *       system writes them all at once, and the log's sync waits behind that.
 *   <li>Two memtables, so that writes go on while one becomes a file; when both are full they wait.
 *       Larger ones make each insertion slower (three times with 64 MiB instead of 16), as its list
 *       leaves the caches of the processor.
 *   <li>256 open files a store, so that three fit into the usual limit of 1,024 a process.
 *   <li>Items: blocks of 8 KiB (half of a block is read, checked and decompressed in vain for an
 *       item of 1 KB; smaller blocks make the index larger) with a hash index for single gets, a
 *       Bloom filter of 10 bits a key (1 % false positives: conditions like attribute_not_exists
 *       ask for absent keys), index and filters inside the block cache so that it bounds the
 *       memory, LZ4, which costs about a microsecond a block and about halves items with attribute
 *       names.
 *   <li>Positions: a few thousand rewritten entries; a small memtable, nothing else.
 * </ul>
 */
final class RocksSettings implements AutoCloseable {
    private static final int BACKGROUND_JOBS = 2;
    private static final int OPEN_FILES_MAX = 256;
    private static final long BYTES_PER_SYNC = 1 << 20;
    private static final long LOG_FILE_BYTES = 1 << 20;
    private static final int LOG_FILES = 2;
    private static final int MEMTABLES_MAX = 2;
    private static final int BLOCK_BYTES = 8 << 10;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int FORMAT_VERSION = 6;
    private static final long POSITIONS_MEMTABLE_BYTES = 4 << 20;

    private final List<AbstractNativeReference> natives = new ArrayList<>();
    final DBOptions database;
    final ColumnFamilyOptions items;
    final ColumnFamilyOptions positions;
    final WriteOptions write;

    RocksSettings(RocksStoreOptions options, boolean create) {
        database = database(own(new DBOptions()), create);
        BlockBasedTableConfig table = table(options);
        items =
                own(new ColumnFamilyOptions())
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(options.memtableBytes())
                        .setMaxWriteBufferNumber(MEMTABLES_MAX)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION);
        positions =
                own(new ColumnFamilyOptions())
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(
                                Math.min(POSITIONS_MEMTABLE_BYTES, options.memtableBytes()))
                        .setMaxWriteBufferNumber(MEMTABLES_MAX)
                        .setCompressionType(CompressionType.NO_COMPRESSION);
        write = own(new WriteOptions()).setDisableWAL(true);
    }

    private static DBOptions database(DBOptions options, boolean create) {
        return options.setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(create)
                .setAtomicFlush(true)
                .setParanoidChecks(true)
                .setAvoidFlushDuringShutdown(true)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setBytesPerSync(BYTES_PER_SYNC)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(LOG_FILE_BYTES)
                .setKeepLogFileNum(LOG_FILES);
    }

    private BlockBasedTableConfig table(RocksStoreOptions options) {
        return new BlockBasedTableConfig()
                .setFormatVersion(FORMAT_VERSION)
                .setBlockSize(BLOCK_BYTES)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)))
                .setBlockCache(own(new LRUCache(options.blockCacheBytes())))
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }

    private <T extends AbstractNativeReference> T own(T object) {
        natives.add(object);
        return object;
    }

    @Override
    public void close() {
        for (AbstractNativeReference object : natives.reversed()) {
            object.close();
        }
    }
}
