package dev.stator.core.metadata;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.MetadataMessage.ContentsCounted;
import dev.stator.core.wire.MetadataMessage.FindPartition;
import dev.stator.core.wire.MetadataMessage.FindTable;
import dev.stator.core.wire.MetadataMessage.PartitionFound;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.PushTables;
import dev.stator.core.wire.MetadataMessage.ReplicasHeld;
import dev.stator.core.wire.MetadataMessage.TableEntry;
import dev.stator.core.wire.MetadataMessage.TableFound;
import dev.stator.core.wire.MetadataMessage.TableSlice;
import dev.stator.core.wire.MetadataMessage.TablesTaken;
import dev.stator.model.Bytes;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A MemDS node: all routing metadata in memory, lost when the process ends and told anew (ATC'22,
 * section 6.6). It decides nothing. Auto-admin tells it the tables, in one stream of pushes per
 * auto-admin:
 *
 * <ul>
 *   <li>A push of an older term, or one that a later push of its term overtook, is dropped whole
 *       and not confirmed. So an auto-admin that was deposed cannot bring back what its successor
 *       removed, and no list of removed tables has to be kept.
 *   <li>Every push carries all tables of one slice of the identifiers; what this node holds beyond
 *       them is dropped. Slice by slice that removes whatever went wrong.
 *   <li>It is ready once the slices of one term have covered everything. Until then it says so, and
 *       its not knowing a table means nothing.
 * </ul>
 *
 * Storage nodes tell it who leads the groups. Owned by one thread.
 */
public final class MemDs {
    private final Address self;
    private final Consumer<Envelope> send;
    private final RoutingTable tables = new RoutingTable();

    private long term;
    private long lastPush;
    private TableId coveredUpTo = TableSlice.START;
    private boolean ready;

    public MemDs(Address self, Consumer<Envelope> send) {
        this.self = self;
        this.send = send;
    }

    /** Takes a message in, and answers it if it wants an answer. */
    public void receive(Envelope envelope) {
        if (envelope.message() instanceof MetadataMessage message) {
            receive(envelope.from(), message);
        } else {
            throw new IllegalArgumentException("not for MemDS: " + envelope);
        }
    }

    private void receive(Address from, MetadataMessage message) {
        switch (message) {
            case FindTable(long callId, String accountId, String name) -> {
                Optional<TableDescriptor> table =
                        tables.find(accountId, name).map(TableEntry::table);
                answer(from, new TableFound(callId, table, ready));
            }
            case FindPartition(long callId, TableId table, var spot) ->
                    answer(from, new PartitionFound(callId, tables.find(table, spot), ready));
            case PushTables push -> take(from, push);
            case PushRoutes(var routes) -> routes.forEach(tables::put);
            case ReplicasHeld _, ContentsCounted _, TablesTaken _, TableFound _, PartitionFound _ ->
                    throw new IllegalArgumentException("not for MemDS: " + message);
        }
    }

    private void answer(Address to, MetadataMessage message) {
        send.accept(new Envelope(self, to, message));
    }

    private void take(Address from, PushTables push) {
        if (push.term() < term || (push.term() == term && push.callId() < lastPush)) {
            return;
        }
        if (push.term() > term) {
            term = push.term();
            coveredUpTo = TableSlice.START;
        } else if (push.callId() == lastPush) {
            answer(from, new TablesTaken(lastPush, term, ready));
            return;
        }
        lastPush = push.callId();
        push.removed().forEach(tables::remove);
        push.changed().forEach(tables::put);
        take(push.slice());
        answer(from, new TablesTaken(lastPush, term, ready));
    }

    private void take(TableSlice slice) {
        tables.replace(slice);
        if (slice.after().compareTo(coveredUpTo) <= 0 && slice.upTo().compareTo(coveredUpTo) > 0) {
            coveredUpTo = slice.upTo();
        }
        if (coveredUpTo.equals(TableSlice.END)) {
            ready = true;
        }
    }

    /** Whether it has been told of everything since it started. */
    public boolean isReady() {
        return ready;
    }

    public Optional<TableEntry> find(String accountId, String tableName) {
        return tables.find(accountId, tableName);
    }

    /** Where a key of a table is. */
    public Optional<PartitionRoute> find(TableId table, MetadataMessage.Spot spot) {
        return tables.find(table, spot);
    }

    public int tableCount() {
        return tables.size();
    }

    /** Two MemDS nodes that know the same have the same digest. */
    public Bytes digest() {
        return tables.digest();
    }
}
