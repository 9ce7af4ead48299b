package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.simulator.check.Checkers;
import dev.stator.simulator.check.LeaseReadChecker;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.Sighting;
import dev.stator.simulator.plant.PlantedBug;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Clients that write and read at random, through the API: items under contention, counters, items
 * that are written once, and reads of ranges meanwhile.
 */
public final class Workload {
    private static final int MANY_PARTITIONS = 20;
    private static final int TRANSACTION_CLIENTS = 4;

    private final SimulatedCluster cluster;
    private final Checkers checkers;
    private final List<SimulatedTable> tables = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private final KeyChoice keys;
    private final Tally tally = new Tally();
    private final List<Client> clients = new ArrayList<>();
    private final TableClient tableClient;
    private final List<IndexClient> indexClients = new ArrayList<>();
    private final Accounts accounts = new Accounts();
    private final List<TransactionClient> transactionClients = new ArrayList<>();
    private final List<BulkClient> bulkClients = new ArrayList<>();
    private final List<FloodClient> floodClients = new ArrayList<>();
    private final List<EventualClient> eventualClients = new ArrayList<>();
    private final SequencedSet<ItemKey> flooded = new TreeSet<>();

    /** Tables that one kind of clients has for itself. */
    private final List<SimulatedTable> ownTables = new ArrayList<>();

    private long lastToken;
    private long lastNumber;
    private boolean running;

    public Workload(SimulatedCluster cluster, Checkers checkers) {
        this.cluster = cluster;
        this.checkers = checkers;
        this.keys = new KeyChoice(cluster.simulation().split());
        this.tableClient = new TableClient(this);
    }

    /** Asks for a table; {@link #tablesReady} says when it is there. */
    public void createTable(String name, boolean sorted) {
        create(name, TableCreation.request(name, sorted));
    }

    /** Asks for a table with a sort key and so many partitions. */
    public void createWideTable(String name, int partitions) {
        create(name, TableCreation.wide(name, partitions));
    }

    /** Lets a client write large items, to a table of its own. */
    public void addBulk() {
        bulkClients.add(new BulkClient(this));
        createTable(BulkClient.TABLE, true);
    }

    /** Lets clients use transactions, on a table of their own. */
    public void addTransactions() {
        for (int i = 0; i < TRANSACTION_CLIENTS; i++) {
            transactionClients.add(new TransactionClient(this, accounts, i));
        }
        createTable(Accounts.TABLE, false);
    }

    /** Gives the checker all that transactions have made, now that all is quiet. */
    public void checkTransactions() {
        for (ItemKey key : accounts.used()) {
            checkers.versionsOf(key, tableOf(key).storeKey(key));
        }
        checkers.serializability().check();
    }

    /** Lets a client write many times at once, to a table of its own. */
    public void createFloodTable() {
        createTable(FloodClient.TABLE, false);
    }

    /** Adds a table with global secondary indexes, and a client that reads and changes them. */
    public void addIndexes() {
        indexClients.add(new IndexClient(this));
        create(IndexClient.TABLE, IndexClient.creation());
    }

    /** Walks all indexes, now that all is quiet. */
    public List<IndexClient> walkIndexes() {
        indexClients.forEach(IndexClient::walkAll);
        return indexClients;
    }

    private void create(String name, ApiRequest request) {
        wanted.add(name);
        new Connection(this, cluster.simulation().split(), 0)
                .send("create table", request, _ -> {});
    }

    /** Whether all tables that were asked for take requests; from then on clients can begin. */
    public boolean tablesReady() {
        List<SimulatedTable> found = new ArrayList<>();
        for (String name : wanted) {
            cluster.findTable(name).map(SimulatedTable::new).ifPresent(found::add);
        }
        if (found.size() < wanted.size()) {
            return false;
        }
        tables.clear();
        ownTables.clear();
        for (SimulatedTable table : found) {
            (isOwn(table) ? ownTables : tables).add(table);
            int partitions = table.descriptor().partitions().size();
            if (partitions > MANY_PARTITIONS) {
                cluster.simulation().happened(RareEvent.TABLE_OF_MANY_PARTITIONS);
            }
        }
        return true;
    }

    private static boolean isOwn(SimulatedTable table) {
        return table.name().equals(BulkClient.TABLE)
                || table.name().equals(FloodClient.TABLE)
                || table.name().equals(Accounts.TABLE);
    }

    /** Lets so many clients begin. */
    public void start(int count) {
        running = true;
        for (int i = 0; i < count; i++) {
            Client client = new Client(this, i);
            clients.add(client);
            client.start();
        }
        tableClient.start();
        bulkClients.forEach(BulkClient::start);
        transactionClients.forEach(TransactionClient::start);
        indexClients.forEach(IndexClient::start);
        for (int node = 0; node < cluster.nodes().size(); node++) {
            floodClients.add(new FloodClient(this, node));
            eventualClients.add(new EventualClient(this, node));
        }
        floodClients.forEach(FloodClient::start);
        eventualClients.forEach(EventualClient::start);
    }

    /** Lets every client end what it has begun, and begin nothing more. */
    public void stop() {
        running = false;
    }

    public boolean isIdle() {
        return clients.stream().noneMatch(Client::isBusy)
                && floodClients.stream().noneMatch(FloodClient::isBusy)
                && eventualClients.stream().noneMatch(EventualClient::isBusy)
                && bulkClients.stream().noneMatch(BulkClient::isBusy)
                && transactionClients.stream().noneMatch(TransactionClient::isBusy)
                && indexClients.stream().noneMatch(IndexClient::isBusy)
                && !tableClient.isBusy();
    }

    /**
     * Reads all that was ever written, consistently, for the checkers to compare with what clients
     * were told.
     */
    public FinalReading readEverything() {
        FinalReading reading = new FinalReading(this);
        reading.start();
        return reading;
    }

    /** Tables that were created, used and deleted meanwhile. */
    public long tablesUsed() {
        return tableClient.tablesUsed();
    }

    public Tally tally() {
        return tally;
    }

    boolean isRunning() {
        return running;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    Checkers checkers() {
        return checkers;
    }

    KeyChoice keys() {
        return keys;
    }

    /** The tables whose items clients contend for. */
    List<SimulatedTable> tables() {
        return tables;
    }

    public List<SimulatedTable> allTables() {
        List<SimulatedTable> all = new ArrayList<>(tables);
        all.addAll(ownTables);
        return all;
    }

    /** The tables whose items are large. */
    public List<SimulatedTable> bulkTables() {
        return ownTables.stream().filter(table -> table.name().equals(BulkClient.TABLE)).toList();
    }

    /** The item is one that many writes at once are made to. */
    void floods(ItemKey key) {
        flooded.add(key);
    }

    /** The items that transactions were about. */
    List<ItemKey> transacted() {
        return accounts.used();
    }

    SequencedSet<ItemKey> flooded() {
        return flooded;
    }

    SimulatedTable tableOf(ItemKey key) {
        for (SimulatedTable table : allTables()) {
            if (table.name().equals(key.table())) {
                return table;
            }
        }
        throw new IllegalArgumentException("not of this workload: " + key);
    }

    SimulatedTable anyTable(SplittableRandom random) {
        return tables.get(random.nextInt(tables.size()));
    }

    SimulatedTable anySortedTable(SplittableRandom random) {
        List<SimulatedTable> sorted = tables.stream().filter(SimulatedTable::sorted).toList();
        return sorted.get(random.nextInt(sorted.size()));
    }

    long newToken() {
        return ++lastToken;
    }

    long newNumber() {
        return ++lastNumber;
    }

    /** A write that is to be sent now. */
    ApiCalls.Write newWrite(ItemKey key, ItemCall call) {
        ApiCalls.Write write = new ApiCalls.Write(key, call, newNumber());
        checkers.prefix().calling(write.id(), key, call);
        checkers.origin().calling(write.id(), key, call);
        return write;
    }

    /** A client was told that the write was done. */
    void written(ApiCalls.Write write) {
        if (!(write.call() instanceof ItemCall.Delete)) {
            checkers.leaseReads()
                    .acknowledged(
                            write.key(),
                            tableOf(write.key()).storeKey(write.key()),
                            write.id(),
                            cluster.simulation().nowNanos());
        }
    }

    /** A consistent read has ended. */
    Sighting sawConsistently(ItemKey key, GetItemResponse response, long calledNanos) {
        response.item().ifPresent(item -> checkers.origin().seen(key, item));
        Sighting sighting = Sighting.of(response.item());
        sawConsistently(key, sighting, calledNanos);
        return sighting;
    }

    void sawConsistently(ItemKey key, Sighting sighting, long calledNanos) {
        checkers.leaseReads()
                .read(
                        key,
                        tableOf(key).storeKey(key),
                        sighting,
                        new LeaseReadChecker.Times(calledNanos, cluster.simulation().nowNanos()));
    }

    /** Whether consistent reads ask for consistency: unless that mistake is planted. */
    boolean consistencyAsked() {
        return cluster.setup().bug() != PlantedBug.READ_FROM_ANY_REPLICA;
    }
}
