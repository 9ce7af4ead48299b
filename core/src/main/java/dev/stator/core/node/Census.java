package dev.stator.core.node;

import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.Contents;
import dev.stator.core.wire.MetadataMessage.ContentsCounted;
import dev.stator.core.wire.MetadataMessage.GroupContents;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.GroupId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the groups hold that this shard leads, by reading them from end to end, one after the
 * other, at a pace that is always the same: a page at a time, and no more of them than fit into
 * {@link #PAGE_EVERY_NANOS} each. So a count costs nothing when a write is made, and its age
 * follows from how much there is: seconds for small tables, hours for terabytes (the service itself
 * counts every six hours; API reference, TableDescription). A group that has not changed is not
 * counted again. Every item that is read is checked, too.
 *
 * <p>Single owner; pure.
 */
final class Census {
    /** 2 MB a second at most: a small part of what a disk or a processor can do. */
    static final long PAGE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    static final int PAGE_BYTES = 512 << 10;

    /** Groups of one report. */
    static final int SLICE_GROUPS = 512;

    private static final GroupId START = new GroupId(0);

    private final Scanner scanner;
    private final NavigableMap<GroupId, Counted> counted = new TreeMap<>();
    private @Nullable Walk walk;
    private GroupId lastWalked = START;
    private GroupId lastTold = START;
    private long nextPageNanos;

    Census(Scanner scanner, long nowNanos) {
        this.scanner = scanner;
        this.nextPageNanos = nowNanos;
    }

    /** Reads the store. */
    interface Scanner {
        /** One of the two is called, on the owner's thread and not from within the call. */
        void scan(KeyRange range, Collector collector, Runnable done, Consumer<String> damaged);
    }

    /** A replica, as far as it can be counted. */
    interface Subject {
        GroupId id();

        /** Whether it leads, is up to date, and holds items of tables or indexes. */
        boolean countable();

        long ballotRound();

        /** Up to where the log is applied. */
        long appliedLsn();

        /** Where its items are in the store. */
        KeyRange items();

        /** Where the entries of its table's local secondary indexes are, by name. */
        SequencedMap<String, KeyRange> localIndexes();

        /** The store holds what nobody can have written. */
        void damaged(String detail);
    }

    private record Counted(GroupContents contents, long upToLsn) {}

    /** One group being counted: its items, then the entries of each local index. */
    private final class Walk {
        private final Subject subject;
        private final long ballotRound;
        private final long fromLsn;
        private final ArrayDeque<Map.Entry<String, KeyRange>> ahead;
        private final SequencedMap<String, Contents> entries = new LinkedHashMap<>();
        private KeyRange rest;
        private Contents present = Contents.NONE;
        private @Nullable Contents items;
        private boolean reading;

        Walk(Subject subject) {
            this.subject = subject;
            this.ballotRound = subject.ballotRound();
            this.fromLsn = subject.appliedLsn();
            this.ahead = new ArrayDeque<>(subject.localIndexes().entrySet());
            this.rest = subject.items();
        }

        boolean isOver() {
            return !subject.countable() || subject.ballotRound() != ballotRound;
        }

        void readPage() {
            reading = true;
            Page page = new Page();
            scanner.scan(
                    rest,
                    page,
                    () -> read(page),
                    detail -> {
                        end();
                        subject.damaged(detail);
                    });
        }

        private void read(Page page) {
            reading = false;
            if (isOver()) {
                end();
                return;
            }
            String damage = page.damage;
            if (damage != null) {
                end();
                subject.damaged(damage);
                return;
            }
            present = present.plus(page.contents);
            if (page.full()) {
                rest = new KeyRange(KeyRange.after(page.lastKey), rest.to());
                return;
            }
            endPart();
        }

        private void endPart() {
            Contents ofItems = items;
            if (ofItems == null) {
                ofItems = present;
                items = present;
            } else {
                entries.put(ahead.removeFirst().getKey(), present);
            }
            Map.Entry<String, KeyRange> following = ahead.peekFirst();
            if (following != null) {
                rest = following.getValue();
                present = Contents.NONE;
                return;
            }
            GroupContents contents = new GroupContents(subject.id(), ballotRound, ofItems, entries);
            counted.put(subject.id(), new Counted(contents, fromLsn));
            end();
        }

        private void end() {
            reading = false;
            if (walk == this) {
                walk = null;
            }
        }
    }

    /** Counts a page. Used by one thread at a time. */
    private static final class Page implements Collector {
        private static final byte[] NO_KEY = {};

        private Contents contents = Contents.NONE;
        private long bytes;
        private byte[] lastKey = NO_KEY;
        private @Nullable String damage;

        @Override
        public boolean collect(byte[] key, byte[] value) {
            try {
                contents = contents.plusOne(StoredItem.parse(value).sizeBytes());
            } catch (MalformedEncodingException e) {
                damage = String.valueOf(e.getMessage());
                return false;
            }
            bytes += key.length + value.length;
            lastKey = key;
            return !full();
        }

        boolean full() {
            return bytes >= PAGE_BYTES;
        }
    }

    /** Lets time pass: reads a page if one is due. */
    void onTick(NavigableMap<GroupId, ? extends Subject> subjects, long nowNanos) {
        Walk current = walk;
        if (nowNanos - nextPageNanos < 0 || (current != null && current.reading)) {
            return;
        }
        nextPageNanos = nowNanos + PAGE_EVERY_NANOS;
        if (current == null || current.isOver()) {
            current = next(subjects);
            walk = current;
        }
        if (current != null) {
            current.readPage();
        }
    }

    private @Nullable Walk next(NavigableMap<GroupId, ? extends Subject> subjects) {
        for (Subject subject : subjects.tailMap(lastWalked, false).values()) {
            if (isDue(subject)) {
                lastWalked = subject.id();
                return new Walk(subject);
            }
        }
        for (Subject subject : subjects.headMap(lastWalked, true).values()) {
            if (isDue(subject)) {
                lastWalked = subject.id();
                return new Walk(subject);
            }
        }
        return null;
    }

    private boolean isDue(Subject subject) {
        if (!subject.countable()) {
            return false;
        }
        Counted before = counted.get(subject.id());
        return before == null
                || before.upToLsn() != subject.appliedLsn()
                || before.contents().ballotRound() != subject.ballotRound();
    }

    /** This node leads the group no more; the next leader counts for itself. */
    void leadsNoMore(GroupId group) {
        counted.remove(group);
    }

    /** The next slice of what was counted. For every auto-admin. */
    ContentsCounted nextCounted() {
        List<GroupContents> slice = new ArrayList<>();
        for (Counted each : counted.tailMap(lastTold, false).values()) {
            if (slice.size() == SLICE_GROUPS) {
                break;
            }
            slice.add(each.contents());
        }
        lastTold = slice.size() < SLICE_GROUPS ? START : slice.getLast().group();
        return new ContentsCounted(slice);
    }
}
