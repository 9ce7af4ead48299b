package dev.stator.core.autoadmin;

import dev.stator.core.agenda.Agenda;
import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushTables;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.core.wire.MetadataMessage.TableSlice;
import dev.stator.core.wire.MetadataMessage.TablesTaken;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells every MemDS node which tables take requests. To each node there is one push under way at
 * most: what changed and the node has not confirmed, and a slice of all tables in turn. So a node
 * that was away or started anew is told everything in time, by the same work as one that missed
 * nothing (constant work); one that says it does not know everything yet is told slice after slice
 * without pause.
 */
final class MemDsFeed {
    /** Tables of a slice, and changed tables of a push: at most some 100 KB each. */
    static final int SLICE_TABLES = 32;

    static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** After this a push that was not confirmed is taken for lost. */
    static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Address self;
    private final long term;
    private final Agenda agenda;
    private final LongSupplier callIds;
    private final KnownReports<GroupRoute> routes;
    private final Consumer<Envelope> send;
    private final NavigableMap<TableId, TableRecord> published = new TreeMap<>();
    private final NavigableMap<NodeId, Listener> listeners = new TreeMap<>();
    private long changes;

    /** Who it is that speaks, and how. */
    record Voice(Address self, long term, LongSupplier callIds, Consumer<Envelope> send) {}

    MemDsFeed(
            Voice voice, Agenda agenda, KnownReports<GroupRoute> routes, List<ClusterNode> nodes) {
        this.self = voice.self();
        this.term = voice.term();
        this.callIds = voice.callIds();
        this.send = voice.send();
        this.agenda = agenda;
        this.routes = routes;
        for (ClusterNode node : nodes) {
            listeners.put(node.node(), new Listener(node.node()));
        }
    }

    /** The table takes requests, as it is in this record. */
    void publish(TableRecord record) {
        TableRecord before = published.put(record.id(), record);
        // Not by the version alone: what was told in advance may not be what became of it.
        if (!record.equals(before)) {
            changed(record.id());
        }
    }

    /** The table takes no requests, or no more. */
    void withdraw(TableId table) {
        published.remove(table);
        changed(table);
    }

    private void changed(TableId table) {
        changes++;
        for (Listener listener : listeners.values()) {
            listener.unconfirmed.put(table, changes);
            // After the current step: a slice names all tables there are, and this one may be the
            // first of many that were just read.
            agenda.next(listener::pushIfIdle);
        }
    }

    /** Whether every MemDS node has confirmed the last change of the table. */
    boolean isConfirmed(TableId table) {
        for (Listener listener : listeners.values()) {
            if (listener.unconfirmed.containsKey(table)) {
                return false;
            }
        }
        return true;
    }

    void taken(NodeId node, TablesTaken answer) {
        Listener listener = listeners.get(node);
        if (listener != null && answer.term() == term) {
            listener.taken(answer);
        }
    }

    void tick() {
        listeners.values().forEach(Listener::tick);
    }

    /** A table whose creation is being completed is told as the active one that it becomes. */
    private TableEntry entry(TableRecord record) {
        TableDescriptor table = record.table();
        List<GroupRoute> known = new ArrayList<>();
        for (PartitionDescriptor partition : table.allPartitions()) {
            routes.find(new GroupId(partition.groupId())).ifPresent(known::add);
        }
        boolean creating = table.status() == TableStatus.CREATING;
        return new TableEntry(
                creating ? table.withStatus(TableStatus.ACTIVE) : table, record.version(), known);
    }

    /** One MemDS node. */
    private final class Listener {
        private final NodeId node;

        /** Changed tables, each with the number of the change that was not confirmed. */
        private final NavigableMap<TableId, Long> unconfirmed = new TreeMap<>();

        private final NavigableMap<TableId, Long> told = new TreeMap<>();
        private TableId sliceTold = TableSlice.START;
        private TableId slice = TableSlice.START;
        private long underWay;
        private long sentAtNanos;

        Listener(NodeId node) {
            this.node = node;
            this.sentAtNanos = agenda.nowNanos() - INTERVAL_NANOS;
        }

        private boolean idle() {
            return underWay == 0;
        }

        void pushIfIdle() {
            if (idle()) {
                push();
            }
        }

        void push() {
            List<TableEntry> changed = new ArrayList<>();
            List<TableId> removed = new ArrayList<>();
            told.clear();
            for (Map.Entry<TableId, Long> change : unconfirmed.entrySet()) {
                if (told.size() == SLICE_TABLES) {
                    break;
                }
                told.put(change.getKey(), change.getValue());
                TableRecord record = published.get(change.getKey());
                if (record == null) {
                    removed.add(change.getKey());
                } else {
                    changed.add(entry(record));
                }
            }
            underWay = callIds.getAsLong();
            sentAtNanos = agenda.nowNanos();
            PushTables push = new PushTables(underWay, term, changed, removed, nextSlice());
            send.accept(new Envelope(self, Address.memDs(node), push));
        }

        private TableSlice nextSlice() {
            List<TableEntry> tables = new ArrayList<>();
            slice = TableSlice.END;
            for (TableRecord record : published.tailMap(sliceTold, false).values()) {
                if (tables.size() == SLICE_TABLES) {
                    slice = tables.getLast().table().id();
                    break;
                }
                tables.add(entry(record));
            }
            return new TableSlice(sliceTold, slice, tables);
        }

        void taken(TablesTaken answer) {
            if (answer.callId() != underWay) {
                return;
            }
            underWay = 0;
            told.forEach(unconfirmed::remove);
            sliceTold = slice.equals(TableSlice.END) ? TableSlice.START : slice;
            if (!unconfirmed.isEmpty() || !answer.ready()) {
                push();
            }
        }

        void tick() {
            if (!idle() && sentAtNanos + TIMEOUT_NANOS - agenda.nowNanos() <= 0) {
                underWay = 0;
            }
            if (idle() && sentAtNanos + INTERVAL_NANOS - agenda.nowNanos() <= 0) {
                push();
            }
        }
    }
}
