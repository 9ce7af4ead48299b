package dev.stator.core.routing;

import dev.stator.core.agenda.Agenda;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.MetadataMessage;
import dev.stator.core.wire.MetadataMessage.FindPartition;
import dev.stator.core.wire.MetadataMessage.FindTable;
import dev.stator.core.wire.MetadataMessage.PartitionFound;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.MetadataMessage.TableFound;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a router knows of tables and partitions, and how it comes to know it. Each use of the
 * directory asks MemDS, whether the answer is cached or not: on a miss the use waits for it, on a
 * hit it goes on at once, and the answer only renews the cache. So MemDS carries the same load with
 * cold caches as with warm ones, and no loss of caches can overwhelm it (ATC'22, section 6.6).
 *
 * <p>What asks for a table before the question of another one has left shares it, hit or miss
 * alike: the answer is of a later time than either use.
 *
 * <p>The nearest MemDS node is asked, and others in turn where it does not answer, or where it was
 * started lately and does not know.
 */
final class Directory {
    /** Tells a use what came of it, in the turn in which it is known, or in that of the use. */
    interface Found<T> {
        void found(Optional<T> known);

        /** No MemDS node could answer. */
        void unavailable();
    }

    private record TableKey(String accountId, String tableName) {}

    private final RouterPlace place;
    private final Agenda agenda;
    private final Consumer<Envelope> send;
    private final Attempts attempts;
    private final NodeHealth health;
    private final PartitionMap partitions = new PartitionMap(RouterLimits.MAX_CACHED_PARTITIONS);
    private final LinkedHashMap<TableKey, TableDescriptor> tables =
            new LinkedHashMap<>(16, 0.75f, true);

    /** Questions for tables that have not left yet. Never iterated. */
    private final Map<TableKey, TableAsk> unsent = new HashMap<>();

    Directory(
            RouterPlace place,
            Agenda agenda,
            Consumer<Envelope> send,
            Attempts attempts,
            NodeHealth health) {
        this.place = place;
        this.agenda = agenda;
        this.send = send;
        this.attempts = attempts;
        this.health = health;
    }

    void findTable(String accountId, String tableName, Found<TableDescriptor> then) {
        TableKey key = new TableKey(accountId, tableName);
        TableDescriptor cached = tables.get(key);
        TableAsk ask = unsent.get(key);
        boolean first = ask == null;
        if (ask == null) {
            ask = new TableAsk(key);
            unsent.put(key, ask);
        }
        if (cached == null) {
            ask.waiters.add(then);
        }
        if (first) {
            ask.start();
        }
        if (cached != null) {
            then.found(Optional.of(cached));
        }
    }

    /** What was asked so far is on its way. */
    void sent() {
        unsent.clear();
    }

    void findPartition(TableId table, Spot spot, Found<PartitionRoute> then) {
        PartitionRoute cached = partitions.find(table, spot);
        PartitionAsk ask = new PartitionAsk(table, spot);
        if (cached == null) {
            ask.waiters.add(then);
        }
        ask.start();
        if (cached != null) {
            then.found(Optional.of(cached));
        }
    }

    void noteLeader(GroupId group, NodeId leader) {
        partitions.noteLeader(group, leader);
    }

    /** The replicas say that this is not where the partition is. */
    void forget(GroupId group) {
        partitions.remove(group);
    }

    /** The table of this identity is no more. */
    void forget(TableDescriptor table) {
        TableKey key = new TableKey(table.accountId(), table.name());
        TableDescriptor cached = tables.get(key);
        if (cached != null && cached.id().equals(table.id())) {
            tables.remove(key);
        }
    }

    /** An answer of a MemDS node. One that nobody waits for any more is dropped. */
    void receive(NodeId from, TableFound answer) {
        if (attempts.end(answer.callId()) instanceof TableAsk ask) {
            health.answered(from);
            ask.answered(answer);
        }
    }

    /** An answer of a MemDS node. One that nobody waits for any more is dropped. */
    void receive(NodeId from, PartitionFound answer) {
        if (attempts.end(answer.callId()) instanceof PartitionAsk ask) {
            health.answered(from);
            ask.answered(answer);
        }
    }

    private void cache(TableKey key, Optional<TableDescriptor> table) {
        if (table.isEmpty()) {
            tables.remove(key);
            return;
        }
        TableDescriptor known = tables.get(key);
        if (known != null && known.id().compareTo(table.get().id()) > 0) {
            return;
        }
        tables.put(key, table.get());
        if (tables.size() > RouterLimits.MAX_CACHED_TABLES) {
            tables.remove(tables.firstEntry().getKey());
        }
    }

    /** A question to one MemDS node after the other until one knows. */
    private abstract class Ask<T> implements Attempts.Owner {
        /** Uses for which the cache did not have the answer. */
        final List<Found<T>> waiters = new ArrayList<>(0);

        private int asked;
        private int firstAsked;

        abstract MetadataMessage question(long callId);

        void start() {
            if (attempts.size() >= RouterLimits.MAX_ASKS) {
                giveUp();
                return;
            }
            while (firstAsked < place.nodes().size() - 1
                    && !health.mayTry(place.nodes().get(firstAsked).node(), agenda.nowNanos())) {
                firstAsked++;
            }
            askNext();
        }

        void askNext() {
            int count = place.nodes().size();
            if (asked == count) {
                giveUp();
                return;
            }
            NodeId node = place.nodes().get((firstAsked + asked++) % count).node();
            long callId = attempts.begin(node, this, agenda.nowNanos());
            send.accept(new Envelope(place.address(), Address.memDs(node), question(callId)));
        }

        void giveUp() {
            waiters.forEach(Found::unavailable);
        }

        void found(Optional<T> known) {
            waiters.forEach(waiter -> waiter.found(known));
        }

        @Override
        public void unanswered(NodeId node, boolean certainlyLost) {
            health.failed(node, agenda.nowNanos());
            askNext();
        }
    }

    private final class TableAsk extends Ask<TableDescriptor> {
        private final TableKey key;

        TableAsk(TableKey key) {
            this.key = key;
        }

        @Override
        void giveUp() {
            unsent.remove(key, this); // A use that comes now would wait in vain.
            super.giveUp();
        }

        @Override
        MetadataMessage question(long callId) {
            return new FindTable(callId, key.accountId, key.tableName);
        }

        void answered(TableFound answer) {
            if (answer.table().isEmpty() && !answer.ready()) {
                askNext();
                return;
            }
            cache(key, answer.table());
            found(answer.table());
        }
    }

    private final class PartitionAsk extends Ask<PartitionRoute> {
        private final TableId table;
        private final Spot spot;

        PartitionAsk(TableId table, Spot spot) {
            this.table = table;
            this.spot = spot;
        }

        @Override
        MetadataMessage question(long callId) {
            return new FindPartition(callId, table, spot);
        }

        void answered(PartitionFound answer) {
            if (answer.route().isEmpty() && !answer.ready()) {
                askNext();
                return;
            }
            answer.route()
                    .ifPresentOrElse(
                            route -> partitions.put(table, route),
                            () -> partitions.remove(table, spot));
            PartitionRoute known = partitions.find(table, spot);
            found(known == null ? answer.route() : Optional.of(known));
        }
    }
}
