package dev.stator.core.routing;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message.PartitionCall;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.TableId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to one partition, from the look-up to the answer.
 *
 * <pre>
 * LOOKING   a use of the directory is under way; found: CALLING; no such partition: ends
 * CALLING   one replica after the other is asked: served or outcome unknown: ends;
 *           another one leads: that one next; nothing done: the next one; all asked: WAITING,
 *           or LOOKING at once if none of them has the partition
 * WAITING   for the back-off; then LOOKING
 * </pre>
 *
 * Every round is one use of the directory. A replica that certainly did nothing is followed by
 * another one until the deadline. A write whose outcome is not known is never sent again: it could
 * be done twice.
 */
final class RoutedCall implements Question, Attempts.Owner, Directory.Found<PartitionRoute> {
    /** What comes of a call; told once. */
    interface Receiver {
        void served(PartitionResponse.Served response, PartitionRoute route);

        /**
         * @param nothingDone false where a write may have taken place all the same
         */
        void failed(ApiError error, boolean nothingDone);

        /** MemDS knows no such partition: the table is no more. */
        void gone();
    }

    private final RouterCore core;
    private final TableId table;
    private final Spot spot;
    private final PartitionRequest request;
    private final Receiver receiver;

    private final List<NodeId> asked = new ArrayList<>();
    private @Nullable PartitionRoute route;
    private String lastReason = "not asked yet";
    private int redirects;
    private int waits;
    private int strangers;
    private boolean forgotten;
    private boolean inFlight;
    private boolean ended;

    RoutedCall(
            RouterCore core,
            TableId table,
            Spot spot,
            PartitionRequest request,
            Receiver receiver) {
        this.core = core;
        this.table = table;
        this.spot = spot;
        this.request = request;
        this.receiver = receiver;
    }

    /** Whether it must not be done twice. What a transaction has prepared may be ended twice. */
    private boolean isWrite() {
        return request instanceof PartitionRequest.Write
                || request instanceof PartitionRequest.Prepare;
    }

    private boolean needsLeader() {
        return switch (request) {
            case PartitionRequest.OnItem _, PartitionRequest.ReadVersion _ -> true;
            case PartitionRequest.Get get -> get.consistent();
            case PartitionRequest.Range range -> range.consistent();
        };
    }

    void start() {
        core.directory().findPartition(table, spot, this);
    }

    @Override
    public void found(Optional<PartitionRoute> known) {
        if (ended) {
            return;
        }
        if (known.isEmpty()) {
            ended = true;
            receiver.gone();
            return;
        }
        route = known.get();
        asked.clear();
        redirects = 0;
        strangers = 0;
        callNext(known.get());
    }

    @Override
    public void unavailable() {
        if (!ended) {
            lastReason = "the routing metadata cannot be reached";
            waitAndLookAgain();
        }
    }

    private void callNext(PartitionRoute current) {
        NodeId target = nextTarget(current);
        if (target != null) {
            call(target, current);
        } else if (strangers == asked.size() && !forgotten) {
            forgotten = true;
            core.directory().forget(current.group());
            start();
        } else {
            if (strangers > 0) {
                core.directory().forget(current.group());
            }
            waitAndLookAgain();
        }
    }

    private void call(NodeId target, PartitionRoute current) {
        asked.add(target);
        inFlight = true;
        long callId = core.partitionAttempts(isWrite()).begin(target, this, core.nowNanos());
        core.send(
                new Envelope(
                        core.self(),
                        Address.storage(target),
                        new PartitionCall(callId, current.group(), request)));
    }

    /**
     * The leader first if it is needed, else a replica of the own zone. Suspects are only asked
     * where there is nobody else: a node that is down must not cost every round its time.
     */
    private @Nullable NodeId nextTarget(PartitionRoute current) {
        NodeId suspect = null;
        for (NodeId candidate : candidates(current)) {
            if (asked.contains(candidate)) {
                continue;
            }
            if (core.storageHealth().mayTry(candidate, core.nowNanos())) {
                return candidate;
            }
            if (suspect == null) {
                suspect = candidate;
            }
        }
        return asked.isEmpty() ? suspect : null;
    }

    private List<NodeId> candidates(PartitionRoute current) {
        List<NodeId> candidates = new ArrayList<>(current.members().size() + 1);
        if (needsLeader()) {
            current.leader().ifPresent(candidates::add);
            for (Member member : current.members()) {
                if (member.role() == Member.Role.STORAGE) {
                    candidates.add(member.node());
                }
            }
        } else {
            core.addNearestFirst(current.members(), candidates);
        }
        return candidates;
    }

    /** An answer of a replica that was asked. */
    void answered(NodeId from, PartitionResponse response) {
        core.storageHealth().answered(from);
        inFlight = false;
        PartitionRoute current = route;
        if (ended || current == null) {
            return;
        }
        switch (response) {
            case PartitionResponse.Served served -> {
                ended = true;
                receiver.served(served, current);
            }
            case PartitionResponse.Indeterminate _ -> outcomeUnknown(current);
            case PartitionResponse.NotLeader(Optional<NodeId> leader) ->
                    redirected(current, leader);
            case PartitionResponse.NotHere _ -> {
                strangers++;
                lastReason = "no replica found where it was expected";
                callNext(current);
            }
            case PartitionResponse.Unavailable(String reason) -> {
                lastReason = reason;
                callNext(current);
            }
        }
    }

    private void redirected(PartitionRoute current, Optional<NodeId> leader) {
        lastReason = "it has no leader at the moment";
        if (leader.isEmpty() || asked.contains(leader.get())) {
            callNext(current);
            return;
        }
        core.directory().noteLeader(current.group(), leader.get());
        if (redirects++ < RouterLimits.MAX_REDIRECTS) {
            call(leader.get(), current);
        } else {
            callNext(current);
        }
    }

    @Override
    public void unanswered(NodeId node, boolean certainlyLost) {
        core.storageHealth().failed(node, core.nowNanos());
        inFlight = false;
        PartitionRoute current = route;
        if (ended || current == null) {
            return;
        }
        lastReason = "a replica did not answer";
        if (isWrite() && !certainlyLost) {
            outcomeUnknown(current);
        } else {
            callNext(current);
        }
    }

    /** Only a write can have such an outcome; a read is asked again elsewhere. */
    private void outcomeUnknown(PartitionRoute current) {
        if (isWrite()) {
            fail(Failures.OUTCOME_UNKNOWN, false);
        } else {
            callNext(current);
        }
    }

    private void waitAndLookAgain() {
        core.backOff(
                waits++,
                () -> {
                    if (!ended) {
                        start();
                    }
                });
    }

    private void fail(ApiError error, boolean nothingDone) {
        ended = true;
        receiver.failed(error, nothingDone);
    }

    @Override
    public void expire() {
        if (ended) {
            return;
        }
        if (isWrite() && inFlight) {
            fail(Failures.OUTCOME_UNKNOWN, false);
        } else {
            fail(Failures.noReplica(lastReason), true);
        }
    }
}
