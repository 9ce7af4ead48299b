package dev.stator.storage.wal;

import dev.stator.storage.disk.Disk;
import dev.stator.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Collects what a log replays, in a form that can be compared. */
final class WalHistory implements WalVisitor {
    static final UUID NODE = new UUID(0x1234, 0x5678);

    /** A record, or with the number 0 the forgetting of a group. */
    record Entry(long groupId, boolean reset, long number) {}

    final List<Entry> entries = new ArrayList<>();

    /**
     * The payload of a record that carries its number; its length differs from record to record.
     */
    static byte[] payload(long number) {
        int length = (int) (Long.BYTES + number * 7 % 60);
        return ByteBuffer.allocate(length).putLong(number).array();
    }

    static SharedWal open(SimulatedDisk disk, WalOptions options, WalVisitor visitor)
            throws IOException {
        return open(disk.open(), options, visitor);
    }

    static SharedWal open(Disk disk, WalOptions options, WalVisitor visitor) throws IOException {
        return SharedWal.open(disk, NODE, options, visitor);
    }

    /** What recovery replays; the disk is free afterwards. */
    static List<Entry> replay(SimulatedDisk disk, WalOptions options) throws IOException {
        WalHistory history = new WalHistory();
        try {
            open(disk, options, history).close();
        } finally {
            disk.killProcess();
        }
        return history.entries;
    }

    /** What each group still has after a history: the records since its newest reset. */
    static Map<Long, List<Long>> state(List<Entry> entries) {
        Map<Long, List<Long>> groups = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry.number() == 0) {
                groups.remove(entry.groupId());
                continue;
            }
            List<Long> records = groups.computeIfAbsent(entry.groupId(), g -> new ArrayList<>());
            if (entry.reset()) {
                records.clear();
            }
            records.add(entry.number());
        }
        return groups;
    }

    @Override
    public void record(long groupId, boolean reset, byte[] payload) {
        long number = ByteBuffer.wrap(payload).getLong();
        if (!java.util.Arrays.equals(payload, payload(number))) {
            throw new AssertionError("the payload of record " + number + " was changed");
        }
        entries.add(new Entry(groupId, reset, number));
    }

    @Override
    public void forgotten(long groupId) {
        entries.add(new Entry(groupId, false, 0));
    }
}
