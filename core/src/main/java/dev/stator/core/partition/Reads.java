package dev.stator.core.partition;

import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Caller;
import dev.stator.core.wire.PartitionRequest.Get;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionRequest.ReadVersion;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Got;
import dev.stator.core.wire.PartitionResponse.GotVersion;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.model.Item;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a replica, of committed state only. That a consistent one may be answered is decided
 * when it comes; see {@link Partition} for why that is the moment that counts.
 */
final class Reads {
    private static final Got NOTHING = new Got(Optional.empty(), 0);
    private static final Page EMPTY_PAGE = new Page(List.of(), 0, 0, 0, Optional.empty());

    private final PartitionHost host;
    private final Serving serving;
    private final CommittedItems items;
    private final LocalIndexes indexes;
    private final long tableId;
    private int gets;
    private int scans;

    /** Consistent scans that wait until the store has what was committed when they came. */
    private final ArrayDeque<WaitingScan> waitingScans = new ArrayDeque<>();

    private boolean closed;

    private record WaitingScan(long lsn, Caller caller, Range range, KeyRange part) {}

    Reads(
            PartitionHost host,
            Serving serving,
            CommittedItems items,
            LocalIndexes indexes,
            long tableId) {
        this.host = host;
        this.serving = serving;
        this.items = items;
        this.indexes = indexes;
        this.tableId = tableId;
    }

    void get(Caller caller, Get get) {
        PartitionResponse refusal = refusal(get.consistent());
        if (refusal != null) {
            host.answer(caller, refusal);
            return;
        }
        if (gets >= Bounds.GETS_MAX) {
            host.answer(caller, Refusals.TOO_MANY_READS);
            return;
        }
        gets++;
        byte[] key = StoreKey.of(tableId, get.key());
        items.read(
                key,
                value -> {
                    gets--;
                    host.answer(caller, closed ? Refusals.CLOSED : got(get, key, value));
                },
                () -> {
                    gets--;
                    host.answer(caller, Refusals.DAMAGED);
                });
    }

    /**
     * Reads an item for a transaction, where this replica serves and nobody has prepared the item.
     *
     * @param maxDeleteMicros the latest timestamp of a committed delete, whenever asked
     */
    void version(Caller caller, ReadVersion read, LongSupplier maxDeleteMicros) {
        if (closed) {
            host.answer(caller, Refusals.CLOSED);
            return;
        }
        if (gets >= Bounds.GETS_MAX) {
            host.answer(caller, Refusals.TOO_MANY_READS);
            return;
        }
        gets++;
        long deletedMicros = maxDeleteMicros.getAsLong();
        byte[] key = StoreKey.of(tableId, read.key());
        items.read(
                key,
                value -> {
                    gets--;
                    boolean still = deletedMicros == maxDeleteMicros.getAsLong();
                    host.answer(
                            caller,
                            closed
                                    ? Refusals.CLOSED
                                    : version(read, key, value, still, deletedMicros));
                },
                () -> {
                    gets--;
                    host.answer(caller, Refusals.DAMAGED);
                });
    }

    private PartitionResponse version(
            ReadVersion read,
            byte[] key,
            byte @Nullable [] value,
            boolean nothingDeleted,
            long deletedMicros) {
        if (value == null) {
            // An item that came and went while it was read must not look as if it never was.
            return nothingDeleted
                    ? new GotVersion(Optional.empty(), false, 0, deletedMicros)
                    : Refusals.CHANGED_WHILE_READ;
        }
        PartitionResponse got = got(new Get(read.key(), true, read.projection()), key, value);
        return got instanceof Got(Optional<Item> item, int sizeBytes)
                ? new GotVersion(item, true, sizeBytes, StoredItem.parse(value).timestampMicros())
                : got;
    }

    /** From now on the store may hold anything: what is read of it is not to be answered. */
    void close() {
        closed = true;
        for (WaitingScan scan : waitingScans) {
            scans--;
            host.answer(scan.caller(), Refusals.CLOSED);
        }
        waitingScans.clear();
    }

    /** The store holds everything up to this LSN. */
    void applied(long lsn) {
        WaitingScan next = waitingScans.peek();
        while (next != null && next.lsn() <= lsn) {
            waitingScans.remove();
            scan(next.caller(), next.range(), next.part());
            next = waitingScans.peek();
        }
    }

    private @Nullable PartitionResponse refusal(boolean consistent) {
        if (closed) {
            return Refusals.CLOSED;
        }
        if (consistent) {
            return serving.refusal();
        }
        return host.servesEventually() ? null : Refusals.TOO_FAR_BEHIND;
    }

    private PartitionResponse got(Get get, byte[] key, byte @Nullable [] value) {
        if (value == null) {
            return NOTHING;
        }
        try {
            StoredItem stored = StoredItem.parse(value);
            Item item = stored.item();
            Item answered =
                    get.projection().isPresent() ? get.projection().get().apply(item) : item;
            return new Got(Optional.of(answered), stored.sizeBytes());
        } catch (MalformedEncodingException e) {
            host.corrupt(key, String.valueOf(e.getMessage()));
            return Refusals.DAMAGED;
        } catch (RuntimeException | StackOverflowError e) {
            host.evaluationFailed(e);
            return Refusals.EVALUATION_FAILED;
        }
    }

    /**
     * Reads a page.
     *
     * @param part of the asked range that is of this partition
     */
    void range(Caller caller, Range range, KeyRange part) {
        PartitionResponse refusal = refusal(range.consistent());
        if (refusal != null) {
            host.answer(caller, refusal);
            return;
        }
        if (storePrefix(range).isEmpty()) {
            host.answer(caller, Refusals.NOT_HERE);
            return;
        }
        if (part.isEmpty()) {
            host.answer(caller, EMPTY_PAGE);
            return;
        }
        if (scans >= Bounds.SCANS_MAX) {
            host.answer(caller, Refusals.TOO_MANY_READS);
            return;
        }
        scans++;
        if (range.consistent() && !items.allApplied()) {
            waitingScans.add(new WaitingScan(items.committedLsn(), caller, range, part));
        } else {
            scan(caller, range, part);
        }
    }

    /** What stands before the keys of what is read; empty where there is no such index. */
    private OptionalLong storePrefix(Range range) {
        return range.index().isPresent()
                ? indexes.storePrefix(range.index().get().name())
                : OptionalLong.of(tableId);
    }

    private void scan(Caller caller, Range range, KeyRange part) {
        long prefix = storePrefix(range).orElseThrow();
        boolean fetch = range.index().isPresent() && range.index().get().fetch();
        PageCollector collector = new PageCollector(fetch ? ItemFetch.entriesOf(range) : range);
        host.scan(
                StoreKey.from(prefix, part),
                StoreKey.toExclusive(prefix, part),
                range.forward(),
                collector,
                new PartitionHost.ScanEnd() {
                    @Override
                    public void done() {
                        PartitionResponse answer = closed ? Refusals.CLOSED : page(collector);
                        if (fetch && answer instanceof Page entries) {
                            fetch(caller, range, entries);
                        } else {
                            scans--;
                            host.answer(caller, answer);
                        }
                    }

                    @Override
                    public void damaged() {
                        scans--;
                        host.answer(caller, Refusals.DAMAGED);
                    }
                });
    }

    private void fetch(Caller caller, Range range, Page entries) {
        new ItemFetch(host, items, indexes, range, entries)
                .start(answer -> {
                    scans--;
                    host.answer(caller, closed ? Refusals.CLOSED : answer);
                });
    }

    private PartitionResponse page(PageCollector collector) {
        Throwable failure = collector.failure();
        if (failure != null) {
            host.evaluationFailed(failure);
            return Refusals.EVALUATION_FAILED;
        }
        PageCollector.Corrupt corrupt = collector.corrupt();
        if (corrupt == null) {
            return collector.page();
        }
        host.corrupt(corrupt.key(), corrupt.detail());
        return Refusals.DAMAGED;
    }
}
