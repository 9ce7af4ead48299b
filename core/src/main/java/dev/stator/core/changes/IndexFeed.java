package dev.stator.core.changes;

import dev.stator.core.format.ChangeRecord;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.partition.PartitionHost.ScanEnd;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage.ChangesNotTaken;
import dev.stator.core.wire.IndexMessage.ChangesTaken;
import dev.stator.model.Item;
import dev.stator.model.capacity.IndexEntry;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one global secondary index is told by one partition of its table.
 *
 * <pre>
 *  ASKING ──all positions are known──► IDLE ──there is more──► READING ──read──► SENDING
 *     ▲                                 ▲                                          │  │
 *     │                                 └───────────all targets have it────────────┘  │
 *     └─ a new leader begins here       ▲                                             │
 *                                       └─────a target is elsewhere: read it anew─────┘
 * </pre>
 *
 * <p>One page is under way at a time, of change records or, while the index is being made, of items
 * (backfill), in turn. A target whose position is past a record or an item is not told of it again.
 *
 * <p><b>Why backfill and changes do not disturb each other.</b> A page of items is read when all
 * change records up to some LSN are in the index, and is sent before any later one. So what it says
 * of an item is as new as what the index has, or newer; the records in between are sent after it,
 * and each deletes what the image before it had put. A page that comes late, from a leader that was
 * deposed, finds its target at another position, unless no record since then concerns that target.
 * And a leader that was deposed, and learns where the index has got to without it, reads no items
 * while its store lags behind that.
 */
final class IndexFeed {
    /** A page ends with the record or item that reaches this many bytes of stored form... */
    static final int PAGE_BYTES = 128 << 10;

    /** ...or with this many of them. */
    static final int PAGE_COUNT = 1_000;

    private final FeedHost host;
    private final IndexEntries entries;
    private final TableId id;

    /** Records up to this one are not for the index. */
    private final long sinceLsn;

    private final List<FeedTarget> targets = new ArrayList<>();
    private boolean backfills;
    private boolean backfillIsNext;
    private State state = State.ASKING;
    private boolean closed;

    /** What follows from the records up to here is in the index. */
    private long doneLsn;

    private long doneBytes;

    /** No page of items that the index may have says anything of a later entry than this one. */
    private long itemsLsn;

    /** What {@link #doneLsn} and {@link #doneBytes} will be when the present page is taken. */
    private long pageLsn;

    private long pageBytes;

    private enum State {
        ASKING,
        IDLE,
        READING,
        SENDING
    }

    IndexFeed(FeedHost host, IndexCatalog catalog, SecondaryIndex.Global index) {
        this.host = host;
        this.entries = new IndexEntries(catalog.schema().key(), index);
        this.id = index.placement().id();
        this.sinceLsn = catalog.since().getOrDefault(id, 0L);
        this.doneLsn = host.records().trimmedLsn();
        this.doneBytes = host.records().trimmedBytes();
        this.itemsLsn = host.appliedLsn();
        for (PartitionDescriptor partition : index.placement().partitions()) {
            targets.add(new FeedTarget(host, partition));
        }
        redefine(index);
    }

    /** The index became what it is now. */
    void redefine(SecondaryIndex.Global index) {
        backfills = index.state().status() == IndexStatus.CREATING;
    }

    /** What comes back is of no interest any more. */
    void close() {
        closed = true;
    }

    long doneLsn() {
        return doneLsn;
    }

    /** Of all records up to {@link #doneLsn}. */
    long doneBytes() {
        return doneBytes;
    }

    /**
     * Whether the index holds what was there before, and everything that was recorded until that
     * was read: so it has an item once, and does not go back to what the item was.
     */
    boolean isBackfilled() {
        boolean isCurrent = doneLsn >= itemsLsn || doneBytes == host.records().recordedBytes();
        return isCurrent && hasAllItems();
    }

    private boolean hasAllItems() {
        for (FeedTarget target : targets) {
            FeedPosition position = target.position();
            if (position == null || !position.backfilled()) {
                return false;
            }
        }
        return true;
    }

    /**
     * @return whether there is something under way
     */
    boolean advance() {
        targets.forEach(FeedTarget::tick);
        if (state == State.ASKING) {
            ask();
        }
        if (state == State.SENDING && noneIsBusy()) {
            doneLsn = pageLsn;
            doneBytes = pageBytes;
            state = State.IDLE;
        }
        if (state == State.IDLE) {
            readNext();
        }
        return state != State.IDLE;
    }

    private void ask() {
        boolean known = true;
        for (FeedTarget target : targets) {
            if (target.position() == null) {
                known = false;
                if (!target.busy()) {
                    target.ask();
                }
            }
        }
        if (known && noneIsBusy()) {
            state = State.IDLE;
        }
    }

    private boolean noneIsBusy() {
        for (FeedTarget target : targets) {
            if (target.busy()) {
                return false;
            }
        }
        return true;
    }

    private void readNext() {
        boolean hasRecords = host.records().recordedBytes() > doneBytes;
        boolean hasItems = backfills && !hasAllItems() && isAsNewAsIndex();
        if (hasItems && (backfillIsNext || !hasRecords)) {
            backfillIsNext = false;
            readItems();
        } else if (hasRecords && host.appliedLsn() > doneLsn) {
            backfillIsNext = true;
            readRecords();
        }
    }

    /**
     * Whether this store has all that the index has taken. Where it has not, another replica leads
     * by now, and what items say here is older than the index.
     */
    private boolean isAsNewAsIndex() {
        for (FeedTarget target : targets) {
            if (Objects.requireNonNull(target.position()).lsn() > host.appliedLsn()) {
                return false;
            }
        }
        return true;
    }

    // ---- Change records

    private void readRecords() {
        state = State.READING;
        long to = host.appliedLsn();
        Records records = new Records();
        host.scan(
                StoreKey.changes(host.partition().group(), doneLsn, to),
                records,
                new Read(records) {
                    @Override
                    void sound() {
                        pageLsn = records.full() ? records.lastLsn : to;
                        pageBytes = records.found.isEmpty() ? doneBytes : records.lastBytes;
                        sendChanges(records.found);
                    }
                });
    }

    private void sendChanges(List<ChangeRecord> records) {
        for (FeedTarget target : targets) {
            FeedPosition position = Objects.requireNonNull(target.position());
            List<Change> changes = new ArrayList<>();
            for (ChangeRecord record : records) {
                if (record.lsn() > sinceLsn && record.lsn() > position.lsn()) {
                    addChanges(record, target.range(), changes);
                }
            }
            if (!changes.isEmpty()) {
                target.send(position.withLsn(pageLsn), changes);
            }
        }
    }

    private void addChanges(ChangeRecord record, KeyRange range, List<Change> changes) {
        for (int i = 0; i < record.changes().changes().size(); i++) {
            Change change = record.changes().changes().get(i);
            Optional<Item> before = record.changes().before().get(i);
            Optional<PlacementKey> oldKey = before.flatMap(entries::of).map(IndexEntry::key);
            Optional<IndexEntry> entry =
                    change instanceof Change.Put(var _, StoredItem item)
                            ? entries.of(item.item())
                            : Optional.empty();
            boolean moves = !oldKey.equals(entry.map(IndexEntry::key));
            if (oldKey.isPresent() && moves && range.contains(oldKey.get())) {
                changes.add(new Change.Delete(oldKey.get(), timestampOf(change)));
            }
            if (entry.isPresent() && range.contains(entry.get().key())) {
                changes.add(put(entry.get(), timestampOf(change)));
            }
        }
    }

    private static long timestampOf(Change change) {
        return switch (change) {
            case Change.Put(var _, StoredItem item) -> item.timestampMicros();
            case Change.Delete(var _, long timestampMicros) -> timestampMicros;
        };
    }

    private static Change put(IndexEntry entry, long timestampMicros) {
        StoredItem stored = StoredItem.of(entry.projected(), timestampMicros, entry.sizeBytes());
        return new Change.Put(entry.key(), stored);
    }

    // ---- Items that were there before

    private void readItems() {
        state = State.READING;
        KeyRange own = host.partition().range();
        PlacementKey from = own.from();
        @Nullable PlacementKey least = leastBackfilled();
        if (least != null && least.compareTo(from) > 0) {
            from = least;
        }
        KeyRange rest = new KeyRange(from, own.to());
        Items items = new Items();
        long tableId = host.partition().tableId();
        host.scan(
                new dev.stator.core.store.KeyRange(
                        StoreKey.from(tableId, rest), StoreKey.toExclusive(tableId, rest)),
                items,
                new Read(items) {
                    @Override
                    void sound() {
                        itemsLsn = host.appliedLsn();
                        pageLsn = doneLsn;
                        pageBytes = doneBytes;
                        sendItems(items);
                    }
                });
    }

    private @Nullable PlacementKey leastBackfilled() {
        PlacementKey least = null;
        for (FeedTarget target : targets) {
            FeedPosition position = Objects.requireNonNull(target.position());
            if (!position.backfilled()
                    && (least == null || position.backfilledTo().compareTo(least) < 0)) {
                least = position.backfilledTo();
            }
        }
        return least;
    }

    private void sendItems(Items items) {
        PlacementKey to =
                items.full() ? items.found.getLast().key().next() : host.partition().range().from();
        for (FeedTarget target : targets) {
            FeedPosition position = Objects.requireNonNull(target.position());
            boolean isPast = items.full() && position.backfilledTo().compareTo(to) >= 0;
            if (position.backfilled() || isPast) {
                continue;
            }
            List<Change> changes = new ArrayList<>();
            for (Found found : items.found) {
                Optional<IndexEntry> entry = entries.of(found.item().item());
                if (entry.isPresent()
                        && found.key().compareTo(position.backfilledTo()) >= 0
                        && target.range().contains(entry.get().key())) {
                    changes.add(put(entry.get(), found.item().timestampMicros()));
                }
            }
            target.send(new FeedPosition(position.lsn(), to, !items.full()), changes);
        }
    }

    // ---- Answers

    void taken(ChangesTaken answer) {
        for (FeedTarget target : targets) {
            if (target.taken(answer) == FeedTarget.Answer.ELSEWHERE) {
                targets.forEach(FeedTarget::forget);
                state = State.IDLE;
            }
        }
    }

    void notTaken(ChangesNotTaken answer) {
        for (FeedTarget target : targets) {
            target.notTaken(answer);
        }
    }

    // ---- Reading

    /** What a scan comes to. */
    private abstract class Read implements ScanEnd {
        private final Page page;

        Read(Page page) {
            this.page = page;
        }

        abstract void sound();

        @Override
        public void done() {
            if (closed) {
                return;
            }
            if (page.corruptKey != null) {
                host.corrupt(page.corruptKey, page.corruptDetail);
                return;
            }
            state = State.SENDING;
            sound();
            advance();
        }

        @Override
        public void damaged() {} // The host takes this replica's content away.
    }

    /** Collects a page. Used by one thread at a time. */
    private abstract static class Page implements Collector {
        private long bytes;
        private int count;
        private byte @Nullable [] corruptKey;
        private String corruptDetail = "";

        boolean full() {
            return bytes >= PAGE_BYTES || count >= PAGE_COUNT;
        }

        @Override
        public boolean collect(byte[] key, byte[] value) {
            try {
                add(key, value);
            } catch (MalformedEncodingException e) {
                corruptKey = key;
                corruptDetail = String.valueOf(e.getMessage());
                return false;
            }
            bytes += value.length;
            count++;
            return !full();
        }

        abstract void add(byte[] key, byte[] value);
    }

    private static final class Records extends Page {
        private final List<ChangeRecord> found = new ArrayList<>();
        private long lastLsn;
        private long lastBytes;

        @Override
        void add(byte[] key, byte[] value) {
            ChangeRecord record = ChangeRecord.read(key, value);
            found.add(record);
            lastLsn = record.lsn();
            lastBytes = record.recordedBytes();
        }
    }

    private record Found(PlacementKey key, StoredItem item) {}

    private static final class Items extends Page {
        private final List<Found> found = new ArrayList<>();

        @Override
        void add(byte[] key, byte[] value) {
            StoredItem item = StoredItem.parse(value);
            item.item();
            found.add(new Found(StoreKey.placementKey(key), item));
        }
    }
}
