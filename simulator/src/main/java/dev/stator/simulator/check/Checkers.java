package dev.stator.simulator.check;

import dev.stator.core.store.StoreBatch;
import dev.stator.replication.GroupId;
import dev.stator.simulator.cluster.ClusterObserver;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.history.History;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.ItemOperation;
import java.util.List;
import java.util.Map;

/** All checkers of one history, and what the cluster tells them. */
public final class Checkers implements ClusterObserver {
    private final Violations violations;
    private final History history = new History();
    private final AcknowledgedWriteChecker acknowledged;
    private final EventualReadChecker eventual;
    private final LeaseReadChecker leaseReads;
    private final ValueOriginChecker origin;
    private final PrefixEvaluationChecker prefix;
    private final LogAgreementChecker log;
    private final ServingLeaderChecker serving;
    private final ProgressChecker progress;
    private final IndexChecker indexes;
    private final SerializabilityChecker serializability;
    private final CommittedVersions versions;
    private final Simulation simulation;
    private final Guarantees guarantees;
    private long undecidedItems;

    public Checkers(Simulation simulation, Guarantees guarantees) {
        this.simulation = simulation;
        this.guarantees = guarantees;
        this.violations = new Violations(simulation);
        this.acknowledged = new AcknowledgedWriteChecker(violations, guarantees);
        this.versions = new CommittedVersions(simulation);
        this.eventual = new EventualReadChecker(simulation, guarantees, violations, versions);
        this.leaseReads = new LeaseReadChecker(guarantees, violations, versions);
        this.origin = new ValueOriginChecker(violations);
        this.prefix = new PrefixEvaluationChecker(violations);
        this.indexes = new IndexChecker(violations);
        this.serializability = new SerializabilityChecker(violations);
        this.log = new LogAgreementChecker(violations, List.of(versions, prefix, indexes));
        this.serving = new ServingLeaderChecker(simulation, guarantees, violations);
        this.progress = new ProgressChecker(simulation, violations);
    }

    public Guarantees guarantees() {
        return guarantees;
    }

    public Violations violations() {
        return violations;
    }

    public History history() {
        return history;
    }

    public AcknowledgedWriteChecker acknowledged() {
        return acknowledged;
    }

    public EventualReadChecker eventual() {
        return eventual;
    }

    public LeaseReadChecker leaseReads() {
        return leaseReads;
    }

    public ValueOriginChecker origin() {
        return origin;
    }

    public PrefixEvaluationChecker prefix() {
        return prefix;
    }

    public LogAgreementChecker log() {
        return log;
    }

    public ServingLeaderChecker serving() {
        return serving;
    }

    public ProgressChecker progress() {
        return progress;
    }

    public IndexChecker indexes() {
        return indexes;
    }

    public SerializabilityChecker serializability() {
        return serializability;
    }

    /** Tells the checker of transactions which versions of an item were made. */
    public void versionsOf(ItemKey key, byte[] storeKey) {
        serializability.versions(key, versions.madeOf(storeKey));
    }

    /** Something that clients must never be told. */
    public void unexpectedAnswer(String request, String answer) {
        violations.add("answers", request + " was answered with " + answer);
    }

    /** Checks every item, once all calls have ended. */
    public void checkLinearizability() {
        for (Map.Entry<ItemKey, List<ItemOperation>> item : history.items().entrySet()) {
            switch (linearizability(guarantees.given(item.getValue()))) {
                case LinearizabilityChecker.Result.Linearizable() -> {}
                case LinearizabilityChecker.Result.Undecided() -> {
                    undecidedItems++;
                    simulation.note("too many orders are possible for " + item.getKey());
                }
                case LinearizabilityChecker.Result.NotLinearizable(String explanation) ->
                        violations.add("linearizability", item.getKey() + ": " + explanation);
            }
        }
    }

    /**
     * Looks for an order without looking at the log; where there are too many, the calls of unknown
     * outcome are left out that never came into the log. By now it is whole.
     */
    private LinearizabilityChecker.Result linearizability(List<ItemOperation> operations) {
        LinearizabilityChecker.Result result = LinearizabilityChecker.check(operations);
        if (!(result instanceof LinearizabilityChecker.Result.Undecided)) {
            return result;
        }
        simulation.note("the log tells which calls of unknown outcome to look at");
        return LinearizabilityChecker.check(
                operations.stream()
                        .filter(operation ->
                                operation.outcomeKnown()
                                        || operation.call() instanceof ItemCall.Delete
                                        || prefix.hasEntry(operation.number()))
                        .toList());
    }

    /** Items whose history the checker has given up on. */
    public long undecidedItems() {
        return undecidedItems;
    }

    // ---- ClusterObserver

    @Override
    public void storageEvent(SimulatedNode node) {
        serving.check(node);
    }

    @Override
    public void applied(SimulatedNode node, StoreBatch batch) {
        log.applied(node.id(), batch);
    }

    @Override
    public void crashed(SimulatedNode node) {
        log.crashed(node.id());
    }

    @Override
    public void replicaStopped(SimulatedNode node, GroupId group, String reason) {
        if (node.damaged()) {
            simulation.happened(RareEvent.REPLICA_STOPPED);
        } else if (!reason.equals("dropped")) {
            violations.add(
                    "invariants",
                    "the replica of %s on %s stopped: %s".formatted(group, node.name(), reason));
        }
    }

    @Override
    public void failed(SimulatedNode node, Throwable cause) {
        violations.add("invariants", "on node " + node.name() + ": " + describe(cause));
    }

    @Override
    public void cannotStart(SimulatedNode node, Throwable cause) {
        violations.add("invariants", "node " + node.name() + " cannot start: " + describe(cause));
    }

    private static String describe(Throwable cause) {
        StringBuilder text = new StringBuilder(cause.toString());
        StackTraceElement[] trace = cause.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, 6); i++) {
            text.append("\n      at ").append(trace[i]);
        }
        return text.toString();
    }
}
