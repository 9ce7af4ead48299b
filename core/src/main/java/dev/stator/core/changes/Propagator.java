package dev.stator.core.changes;

import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.PartitionState.Records;
import dev.stator.core.wire.IndexMessage.ChangesNotTaken;
import dev.stator.core.wire.IndexMessage.ChangesTaken;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the global secondary indexes of a table, as far as they follow from one of its partitions:
 * runs beside each replica, works where that one leads, and has one {@link IndexFeed} for each
 * index.
 *
 * <pre>
 *   write ──► log entry with old keys and new image ──► applied: item and change record, one batch
 *                                                                     │ in order
 *             trim ◄── all indexes have it ◄── positions ◄── feeds ◄──┘
 *                                                  ▲           │ what follows, from-to
 *                                                  └── partitions of the index: one log entry makes
 *                                                      the changes and moves the position
 * </pre>
 *
 * <p><b>Why an index comes to hold exactly what follows from the table.</b> An entry of an index
 * belongs to one item, by its key; all changes of an item are in one partition's log; what follows
 * from them goes to each partition of the index in the order of that log, each piece once (see
 * {@code IndexTarget}). A change deletes the entry under the old keys and puts the one under the
 * new keys, wherever each of them belongs. So once the feeds have come to the end, an index holds
 * for each item the entry of its newest image, and nothing else.
 *
 * <p>Nothing that a leader remembers is needed by the next one: change records and positions are
 * replicated, and it begins with the oldest record that is left.
 *
 * <p>Records that are not trimmed yet are bounded by {@code Bounds.RECORD_BYTES_MAX}, and writes
 * are throttled there. Single owner; pure.
 */
public final class Propagator {
    /** Records are trimmed when this many bytes of them are done with... */
    static final long TRIM_BYTES = 1L << 20;

    /** ...or when any were for this long. */
    static final long TRIM_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FeedHost host;
    private final TreeMap<TableId, IndexFeed> feeds = new TreeMap<>();
    private long catalogVersion = -1;
    private long trimmedAtNanos;

    /** Whether some index lacks a record. */
    private boolean behind;

    /** All that was recorded by this time is in the indexes. */
    private long currentAtNanos;

    /** So many bytes were recorded at this time; where the indexes have them, it is the above. */
    private long markBytes;

    private long markNanos;

    public Propagator(FeedHost host) {
        this.host = host;
    }

    /**
     * How far the slowest index is behind.
     *
     * @param bytes of change records that it has not taken
     * @param nanos what is older than this it has: at most for so long it has lacked a record
     */
    public record Lag(long bytes, long nanos) {
        public static final Lag NONE = new Lag(0, 0);
    }

    /** Forgets everything: the replica leads no more, or from now on. */
    public void reset() {
        feeds.values().forEach(IndexFeed::close);
        feeds.clear();
        catalogVersion = -1;
        behind = false;
        trimmedAtNanos = host.nowNanos();
    }

    /**
     * Does what can be done. To be called when entries were applied, and as time passes.
     *
     * @return whether there is something under way
     */
    public boolean advance() {
        Optional<IndexCatalog> catalog = host.catalog();
        if (catalog.isEmpty()) {
            return false;
        }
        if (catalog.get().version() != catalogVersion) {
            take(catalog.get());
        }
        boolean busy = false;
        for (IndexFeed feed : feeds.values()) {
            busy |= feed.advance();
        }
        noteLag();
        trim();
        return busy || host.records().bytes() > 0;
    }

    private void take(IndexCatalog catalog) {
        catalogVersion = catalog.version();
        TreeMap<TableId, SecondaryIndex.Global> kept = new TreeMap<>();
        for (SecondaryIndex.Global index : catalog.kept()) {
            kept.put(index.placement().id(), index);
        }
        for (TableId id : List.copyOf(feeds.keySet())) {
            if (!kept.containsKey(id)) {
                Objects.requireNonNull(feeds.remove(id)).close();
            }
        }
        kept.forEach((id, index) -> {
            IndexFeed feed = feeds.get(id);
            if (feed == null) {
                feeds.put(id, new IndexFeed(host, catalog, index));
            } else {
                feed.redefine(index);
            }
        });
    }

    private void noteLag() {
        long lagBytes = lagBytes();
        long recorded = host.records().recordedBytes();
        if (lagBytes == 0) {
            behind = false;
        } else if (!behind) {
            behind = true;
            currentAtNanos = host.nowNanos();
            mark(recorded);
        } else if (recorded - lagBytes >= markBytes) {
            currentAtNanos = markNanos;
            mark(recorded);
        }
    }

    private void mark(long recordedBytes) {
        markBytes = recordedBytes;
        markNanos = host.nowNanos();
    }

    private long lagBytes() {
        long recorded = host.records().recordedBytes();
        long max = 0;
        for (IndexFeed feed : feeds.values()) {
            max = Math.max(max, recorded - feed.doneBytes());
        }
        return max;
    }

    public Lag lag() {
        return behind ? new Lag(lagBytes(), host.nowNanos() - currentAtNanos) : Lag.NONE;
    }

    private void trim() {
        Records records = host.records();
        if (records.bytes() == 0) {
            return;
        }
        long lsn = host.appliedLsn();
        long bytes = records.recordedBytes();
        if (!feeds.isEmpty()) {
            bytes = Long.MAX_VALUE;
            for (IndexFeed feed : feeds.values()) {
                if (feed.doneBytes() < bytes) {
                    bytes = feed.doneBytes();
                    lsn = feed.doneLsn();
                }
            }
        }
        long gain = bytes - records.trimmedBytes();
        boolean due = host.nowNanos() - trimmedAtNanos >= TRIM_NANOS;
        if (gain >= TRIM_BYTES || (gain > 0 && due)) {
            trimmedAtNanos = host.nowNanos();
            host.trim(lsn, bytes);
        }
    }

    /** The indexes that hold all that was in the partition before they were made. */
    public List<TableId> backfilled() {
        List<TableId> backfilled = new ArrayList<>();
        feeds.forEach((id, feed) -> {
            if (feed.isBackfilled()) {
                backfilled.add(id);
            }
        });
        return backfilled;
    }

    public void taken(ChangesTaken answer) {
        for (IndexFeed feed : feeds.values()) {
            feed.taken(answer);
        }
    }

    public void notTaken(ChangesNotTaken answer) {
        for (IndexFeed feed : feeds.values()) {
            feed.notTaken(answer);
        }
    }
}
