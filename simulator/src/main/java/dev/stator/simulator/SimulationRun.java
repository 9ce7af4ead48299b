package dev.stator.simulator;

import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.replication.Timing;
import dev.stator.simulator.check.Checkers;
import dev.stator.simulator.check.Guarantees;
import dev.stator.simulator.check.LocalIndexChecker;
import dev.stator.simulator.check.PreparedItemsChecker;
import dev.stator.simulator.check.ProgressChecker;
import dev.stator.simulator.check.ReplicasEqualChecker;
import dev.stator.simulator.cluster.ClusterObserver;
import dev.stator.simulator.cluster.SimulatedCluster;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.engine.Trace;
import dev.stator.simulator.fault.Nemesis;
import dev.stator.simulator.fault.Swarm;
import dev.stator.simulator.workload.FinalReading;
import dev.stator.simulator.workload.IndexClient;
import dev.stator.simulator.workload.SimulatedTable;
import dev.stator.simulator.workload.Tally;
import dev.stator.simulator.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One history.
 *
 * <pre>
 * START   machines are started, and tables come into being
 * FAULTS  clients use the tables while the nemesis strikes
 * CALM    no more faults; clients go on; after a while nothing may fail any more
 * QUIET   clients stop; every replica catches up
 * CHECK   everything is read once more, and all checkers have their say
 * </pre>
 */
public final class SimulationRun {
    private static final int NODES = 3;
    private static final long SECOND = 1_000_000_000L;
    private static final long START_NANOS = SECOND;
    private static final long CREATION_NANOS_MAX = 10 * SECOND;
    private static final long SERVING_NANOS = 3 * SECOND;
    private static final long QUIET_NANOS_MAX = 20 * SECOND;
    private static final long READING_NANOS_MAX = 120 * SECOND;

    /** Until the last transaction of somebody who is gone is found and ended. */
    private static final long ENDING_NANOS_MAX = 180 * SECOND;

    private static final long STEP_NANOS = SECOND / 10;

    private final long seed;
    private final RunOptions options;
    private final Trace trace;
    private final Simulation simulation;
    private final Swarm swarm;
    private final Checkers checkers;
    private final SimulatedCluster cluster;
    private final Workload workload;
    private final Nemesis nemesis;

    public SimulationRun(long seed, RunOptions options, Trace trace) {
        this(seed, options, trace, UnaryOperator.identity());
    }

    /**
     * @param watching what stands between the cluster and those who check it, and passes on to them
     *     what it is told
     */
    public SimulationRun(
            long seed, RunOptions options, Trace trace, UnaryOperator<ClusterObserver> watching) {
        this.seed = seed;
        this.options = options;
        this.trace = trace;
        this.simulation = new Simulation(seed, trace);
        this.swarm = Swarm.draw(simulation.split(), options.faults());
        this.checkers =
                new Checkers(simulation, new Guarantees(simulation, swarm.clocksWithinBound()));
        SimulatedCluster.Setup setup =
                new SimulatedCluster.Setup(
                        NODES, swarm.shards(), Timing.DEFAULT, swarm.usual(), options.bug());
        this.cluster = new SimulatedCluster(simulation, setup, watching.apply(checkers));
        this.workload = new Workload(cluster, checkers);
        this.nemesis = new Nemesis(cluster, swarm, options.strikesMax());
    }

    /** Runs it from its start to its verdict. */
    public Verdict run() {
        simulation.note("start of " + cluster.nodes().size() + " nodes");
        cluster.nodes().forEach(SimulatedNode::start);
        simulation.runFor(START_NANOS);
        workload.createTable("accounts", false);
        workload.createTable("orders", true);
        workload.createFloodTable();
        if (swarm.widePartitions() > 0) {
            workload.createWideTable("events", swarm.widePartitions());
        }
        if (swarm.bulk()) {
            workload.addBulk();
        }
        if (swarm.indexed()) {
            workload.addIndexes();
        }
        if (swarm.transacted()) {
            workload.addTransactions();
        }
        runUntil(workload::tablesReady, CREATION_NANOS_MAX);
        if (!workload.tablesReady()) {
            checkers.violations().add("progress", "the tables do not come into being");
            return verdict();
        }
        workload.start(options.clients());
        nemesis.start(bulkGroups());
        simulation.runFor(options.faultSeconds() * SECOND);

        simulation.note("faults stop");
        nemesis.stop();
        checkers.progress().calm();
        simulation.runFor(ProgressChecker.RECOVERY_NANOS);
        checkers.guarantees().clocksRight();
        simulation.runFor(SERVING_NANOS);
        if (!simulation.stopped()) {
            checkers.progress().checkServed(cluster, groups());
        }
        workload.stop();
        runUntil(workload::isIdle, QUIET_NANOS_MAX);
        settle();
        checkers.checkLinearizability();
        if (swarm.transacted() && !simulation.stopped()) {
            workload.checkTransactions();
        }
        return verdict();
    }

    private List<ReplicaDescriptor> groups() {
        List<ReplicaDescriptor> groups = new ArrayList<>();
        groups.add(cluster.systemReplica());
        for (SimulatedTable table : workload.allTables()) {
            groups.addAll(SimulatedCluster.groupsOf(table.descriptor()));
        }
        return groups;
    }

    private List<GroupId> bulkGroups() {
        List<GroupId> groups = new ArrayList<>();
        for (SimulatedTable table : workload.bulkTables()) {
            SimulatedCluster.groupsOf(table.descriptor())
                    .forEach(replica -> groups.add(replica.group()));
        }
        return groups;
    }

    private void settle() {
        if (simulation.stopped()) {
            return;
        }
        FinalReading reading = workload.readEverything();
        runUntil(reading::done, READING_NANOS_MAX);
        List<IndexClient> walks = workload.walkIndexes();
        runUntil(() -> walks.stream().allMatch(IndexClient::done), READING_NANOS_MAX);
        if (!walks.stream().allMatch(IndexClient::done)) {
            checkers.indexes().atRest("an index that cannot be read", false);
        }
        runUntil(() -> PreparedItemsChecker.held(cluster, groups()).isEmpty(), ENDING_NANOS_MAX);
        PreparedItemsChecker.held(cluster, groups())
                .ifPresent(held -> checkers.violations().add("prepared items", held));
        runUntil(() -> ReplicasEqualChecker.lagging(cluster, groups()).isEmpty(), QUIET_NANOS_MAX);
        if (simulation.stopped()) {
            return;
        }
        checkers.progress().checkCaughtUp(cluster, groups());
        new ReplicasEqualChecker(checkers.violations()).check(cluster, groups());
        new LocalIndexChecker(checkers.violations()).check(cluster, groups());
    }

    private void runUntil(BooleanSupplier reached, long nanosMax) {
        long end = simulation.nowNanos() + nanosMax;
        while (!simulation.stopped() && !reached.getAsBoolean() && simulation.nowNanos() < end) {
            simulation.runFor(STEP_NANOS);
        }
    }

    private String faults() {
        StringBuilder text = new StringBuilder();
        nemesis.counts()
                .forEach((kind, count) ->
                        text.append(text.isEmpty() ? "" : ", ")
                                .append(kind.optionName())
                                .append(' ')
                                .append(count));
        return text.isEmpty() ? "none" : text.toString();
    }

    private Verdict verdict() {
        List<String> summary = new ArrayList<>();
        Tally tally = workload.tally();
        summary.add("requests   " + tally);
        summary.add("faults     " + faults());
        summary.add(
                String.format(
                        Locale.ROOT,
                        "cluster    %d entries committed, %d times a new leader, %d starts of"
                                + " nodes, %d messages lost, %d repeated",
                        checkers.log().entries(),
                        checkers.serving().leaders(),
                        cluster.nodes().stream().mapToLong(SimulatedNode::starts).sum(),
                        cluster.network().lost(),
                        cluster.network().repeated()));
        summary.add(
                String.format(
                        Locale.ROOT,
                        "checked    %d calls on %d items, %d items written once, %d entries,"
                                + " %d lease reads, %d eventual reads, the stalest by %.1f s,"
                                + " %d tables made and deleted, %d items undecided",
                        checkers.history().operations(),
                        checkers.history().items().size(),
                        checkers.acknowledged().inserts(),
                        checkers.prefix().entries(),
                        checkers.leaseReads().reads(),
                        checkers.eventual().reads(),
                        checkers.eventual().stalestNanos() / (double) SECOND,
                        workload.tablesUsed(),
                        checkers.undecidedItems()));
        if (swarm.indexed()) {
            summary.add(
                    "indexes    %d entries read, %d walks compared with the table"
                            .formatted(
                                    checkers.indexes().entriesSeen(),
                                    checkers.indexes().walksCompared()));
        }
        if (swarm.transacted()) {
            summary.add(
                    "serialized %d requests, of which an order was sought"
                            .formatted(checkers.serializability().transactions()));
        }
        summary.add(
                String.format(
                        Locale.ROOT,
                        "simulated  %.1f s in %d events",
                        simulation.nowNanos() / (double) SECOND,
                        simulation.eventsRun()));
        return new Verdict(
                seed,
                checkers.violations().found(),
                trace.digest(),
                summary,
                new Verdict.Extent(
                        nemesis.strikes(),
                        simulation.nowNanos(),
                        simulation.events(),
                        nemesis.counts()));
    }
}
