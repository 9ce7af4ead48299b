package dev.stator.core.autoadmin;

import dev.stator.core.agenda.Agenda;
import dev.stator.core.autoadmin.MemDsFeed.Voice;
import dev.stator.core.metadata.ClusterNode;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.core.wire.Message;
import dev.stator.core.wire.Message.DropReplica;
import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.TablesTaken;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The time in which one auto-admin leads, in one term. It begins by reading all tables, and goes on
 * with every table that is not yet what its status says. What it holds is gone with it.
 */
final class Tenure {
    /** How long a MemDS node that does not answer holds up a table's way. */
    static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * All tables are read anew this often. It finds a creation that took place although its
     * auto-admin could not know.
     */
    static final long RELOAD_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** They are read anew at most this often on account of replicas that nobody knows. */
    static final long RELOAD_FOR_STRANGERS_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Changes that wait for their turn; at the bound: ThrottlingException. */
    static final int MAX_QUEUED = 1_000;

    /** Replicas that nobody knows, remembered until the tables were read anew. */
    static final int MAX_STRANGERS = 10_000;

    /** What stays from one tenure to the next. */
    record Surroundings(
            Address self,
            List<ClusterNode> nodes,
            KnownReports<GroupRoute> routes,
            Descriptions descriptions,
            AutoAdmin.Clock clock,
            Consumer<Envelope> send) {}

    private final Surroundings surroundings;
    private final long term;
    private final Agenda agenda = new Agenda();
    private final SystemPartition partition;
    private final Ledger ledger;
    private final MemDsFeed feed;
    private final Placement placement;
    private final NavigableMap<TableId, HostingWork> hosting = new TreeMap<>();
    private final NavigableMap<TableId, Work> works = new TreeMap<>();
    private final SortedSet<GroupReplica> strangers = new TreeSet<>();
    private boolean loaded;
    private boolean reloading;
    private long loadedAtNanos;

    Tenure(Surroundings surroundings, long term) {
        this.surroundings = surroundings;
        this.term = term;
        agenda.begin(surroundings.clock().nowNanos());
        partition =
                new SystemPartition(
                        surroundings.self(), agenda, this::newCallId, surroundings.send());
        ledger = new Ledger(term, partition, agenda);
        Voice voice = new Voice(surroundings.self(), term, this::newCallId, surroundings.send());
        feed = new MemDsFeed(voice, agenda, surroundings.routes(), surroundings.nodes());
        placement = new Placement(surroundings.nodes());
        ledger.submit(new LoadTask(List.of()));
    }

    // ---- For tasks and works

    long nowNanos() {
        return agenda.nowNanos();
    }

    long wallMillis() {
        return surroundings.clock().wallMillis();
    }

    Ledger ledger() {
        return ledger;
    }

    MemDsFeed feed() {
        return feed;
    }

    KnownReports<GroupRoute> routes() {
        return surroundings.routes();
    }

    Descriptions descriptions() {
        return surroundings.descriptions();
    }

    Placement placement() {
        return placement;
    }

    long newCallId() {
        return surroundings.clock().newCallId();
    }

    void send(Address to, Message message) {
        surroundings.send().accept(new Envelope(surroundings.self(), to, message));
    }

    boolean isTold(TableId table, long sinceNanos) {
        return feed.isConfirmed(table) || sinceNanos + TELL_NANOS - nowNanos() <= 0;
    }

    /** Whether the quota of tables that are being created, updated or deleted is not used up. */
    boolean mayChangeOneMore() {
        int changing = works.size();
        for (TableId table : hosting.keySet()) {
            Optional<TableRecord> record = ledger.find(table);
            if (record.isPresent() && record.get().status() == TableStatus.CREATING) {
                changing++;
            }
        }
        return changing < AdminErrors.MAX_TABLES_CHANGING;
    }

    void change(TableId table, Function<TableRecord, Optional<TableRecord>> change, Runnable done) {
        ledger.submit(WorkTask.changing(this, table, change, done));
    }

    void remove(TableId table) {
        ledger.submit(WorkTask.removing(this, table));
    }

    void hostingEnded(TableId table) {
        agenda.next(() -> hosting.remove(table));
    }

    /** The table is stored as this record: what has to be done now? */
    void changed(TableRecord record) {
        TableId id = record.id();
        switch (record.status()) {
            case CREATING -> hosting.computeIfAbsent(id, table -> new HostingWork(this, record));
            case UPDATING -> {
                feed.publish(record);
                works.compute(
                        id,
                        (_, known) ->
                                known != null && known.isFor(record)
                                        ? known
                                        : IndexWork.of(this, record)
                                                .orElseGet(() -> new UpdateWork(this, record)));
            }
            case DELETING -> {
                hosting.remove(id);
                Work known = works.get(id);
                if (known == null || !known.isFor(record)) {
                    feed.withdraw(id);
                    works.put(id, new DeletionWork(this, record));
                }
            }
            case ACTIVE,
                    INACCESSIBLE_ENCRYPTION_CREDENTIALS,
                    ARCHIVING,
                    ARCHIVED,
                    REPLICATION_NOT_AUTHORIZED -> {
                feed.publish(record);
                works.remove(id);
                if (UpdateWork.isOfIndexes(record)) {
                    works.put(id, new UpdateWork(this, record));
                }
                HostingWork host = hosting.get(id);
                if (host != null && !host.isFor(record)) {
                    hosting.remove(id);
                }
                if (!record.unhosted().isEmpty()) {
                    hosting.computeIfAbsent(id, table -> new HostingWork(this, record));
                }
            }
        }
        agenda.next(() -> advance(id));
    }

    /** The table is stored no more. */
    void removed(TableId table) {
        feed.withdraw(table);
        works.remove(table);
        hosting.remove(table);
    }

    /** Reads all tables anew, for the current task of the ledger. */
    void reload(Runnable then) {
        List<TableId> before = new ArrayList<>();
        for (TableRecord record : ledger.all()) {
            before.add(record.id());
        }
        ledger.load(() -> {
            loaded = true;
            loadedAtNanos = nowNanos();
            for (TableId table : before) {
                if (ledger.find(table).isEmpty()) {
                    removed(table);
                }
            }
            List.copyOf(ledger.all()).forEach(this::changed);
            then.run();
        });
    }

    private void advance(TableId table) {
        HostingWork host = hosting.get(table);
        if (host != null) {
            host.advance();
        }
        Work work = works.get(table);
        if (work != null) {
            work.advance();
        }
    }

    // ---- Events

    void begin() {
        agenda.begin(surroundings.clock().nowNanos());
    }

    void finish() {
        agenda.finish();
    }

    void tick() {
        partition.expire();
        if (!loaded) {
            return;
        }
        feed.tick();
        for (TableId table : List.copyOf(hosting.keySet())) {
            advance(table);
        }
        for (TableId table : List.copyOf(works.keySet())) {
            advance(table);
        }
        long sinceLoadNanos = nowNanos() - loadedAtNanos;
        boolean due =
                sinceLoadNanos >= RELOAD_NANOS
                        || (!strangers.isEmpty() && sinceLoadNanos >= RELOAD_FOR_STRANGERS_NANOS);
        if (due && !reloading) {
            reloading = true;
            ledger.submit(new LoadTask(List.copyOf(strangers)));
            strangers.clear();
        }
    }

    void request(AdminRequest request, Consumer<AdminResponse> reply) {
        switch (request) {
            case AdminRequest.DescribeTable describe -> reader().describe(describe, reply);
            case AdminRequest.ListTables list -> reader().list(list, reply);
            case AdminRequest.CreateTable(var table) ->
                    submit(new CreateTask(this, table, reply), reply);
            case AdminRequest.UpdateTable update ->
                    submit(new UpdateTask(this, update, reply), reply);
            case AdminRequest.DeleteTable delete ->
                    submit(new DeleteTask(this, delete, reply), reply);
        }
    }

    private TableReader reader() {
        return new TableReader(partition, descriptions());
    }

    private void submit(ClientTask task, Consumer<AdminResponse> reply) {
        if (ledger.queued() >= MAX_QUEUED) {
            reply.accept(new AdminResponse.Failed(AdminErrors.RATE_EXCEEDED));
        } else {
            ledger.submit(task);
        }
    }

    void answered(long callId, PartitionResponse response) {
        partition.answered(callId, response);
    }

    void taken(NodeId node, TablesTaken answer) {
        feed.taken(node, answer);
        for (TableId table : List.copyOf(hosting.keySet())) {
            advance(table);
        }
        for (TableId table : List.copyOf(works.keySet())) {
            advance(table);
        }
    }

    void hosted(GroupReplica replica) {
        ledger.tableOf(replica.group())
                .ifPresent(table -> {
                    HostingWork work = hosting.get(table);
                    if (work != null) {
                        work.hosted(replica);
                    }
                    Work change = works.get(table);
                    if (change != null) {
                        change.hosted(replica);
                    }
                    advance(table);
                });
    }

    void dropped(GroupReplica replica) {
        ledger.tableOf(replica.group())
                .ifPresent(table -> {
                    Work work = works.get(table);
                    if (work != null) {
                        work.dropped(replica);
                    }
                    advance(table);
                });
    }

    void defined(IndexesDefined answer) {
        ledger.tableOf(answer.group())
                .ifPresent(table -> {
                    HostingWork host = hosting.get(table);
                    if (host != null) {
                        host.defined(answer);
                    }
                    Work work = works.get(table);
                    if (work != null) {
                        work.defined(answer);
                    }
                    advance(table);
                });
    }

    void led(GroupId group) {
        ledger.tableOf(group).ifPresent(this::advance);
    }

    /**
     * A node has replicas of these groups. One of a group that is of no table is dropped, but only
     * after all tables were read anew: who does not lead any more cannot read, and so can never
     * take a replica for superfluous because the table is too new for him to know.
     */
    void held(NodeId node, List<GroupId> groups) {
        if (!loaded) {
            return;
        }
        for (GroupId group : groups) {
            if (!group.equals(GroupId.SYSTEM)
                    && ledger.tableOf(group).isEmpty()
                    && strangers.size() < MAX_STRANGERS) {
                strangers.add(new GroupReplica(group, node));
            }
        }
    }

    /** This auto-admin leads no more. */
    void end() {
        ledger.abandon();
    }

    long term() {
        return term;
    }

    /** Reads all tables, and then asks for replicas to be dropped that are still of none. */
    private final class LoadTask implements Ledger.Task {
        private final List<GroupReplica> suspects;

        LoadTask(List<GroupReplica> suspects) {
            this.suspects = suspects;
        }

        @Override
        public void start() {
            reload(() -> {
                for (GroupReplica suspect : suspects) {
                    if (ledger.tableOf(suspect.group()).isEmpty()) {
                        send(
                                Address.storage(suspect.node()),
                                new DropReplica(newCallId(), suspect.group()));
                    }
                }
                reloading = false;
                ledger.finished();
            });
        }

        @Override
        public void abandon() {}
    }
}
