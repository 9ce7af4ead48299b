package dev.stator.simulator.workload;

import dev.stator.simulator.check.Checkers;
import dev.stator.simulator.cluster.PlantedBug;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.history.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clients that write and read at random, through the API: items under contention, counters, items
 * that are written once, and reads of ranges meanwhile.
 */
public final class Workload {
    private final SimulatedCluster cluster;
    private final Checkers checkers;
    private final List<SimulatedTable> tables = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private final KeyChoice keys;
    private final Tally tally = new Tally();
    private final List<Client> clients = new ArrayList<>();
    private final TableClient tableClient;
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
        wanted.add(name);
        new Connection(this, cluster.simulation().split(), 0)
                .send("create table", TableCreation.request(name, sorted), _ -> {});
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
        tables.addAll(found);
        return true;
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
    }

    /** Lets every client end what it has begun, and begin nothing more. */
    public void stop() {
        running = false;
    }

    public boolean isIdle() {
        return clients.stream().noneMatch(Client::isBusy) && !tableClient.isBusy();
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

    public List<SimulatedTable> tables() {
        return tables;
    }

    SimulatedTable tableOf(ItemKey key) {
        for (SimulatedTable table : tables) {
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

    /** Whether consistent reads ask for consistency: unless that mistake is planted. */
    boolean consistencyAsked() {
        return cluster.setup().bug() != PlantedBug.READ_FROM_ANY_REPLICA;
    }
}
