package dev.stator.simulator.cluster;

import dev.stator.core.wire.Message;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.TransactionId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.NodeMessage;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.HashMap;
import java.util.Map;

/** Knows from the messages that arrive which rare turns replication has taken. */
final class MessageWatch {
    /** From then on others look after a transaction. */
    private static final long STALLED_NANOS = 5_000_000_000L;

    private final Simulation simulation;

    /** Who prepared what first; never iterated. */
    private final Map<TransactionId, Prepared> prepared = new HashMap<>();

    private record Prepared(SimulatedNode node, long atNanos) {}

    MessageWatch(Simulation simulation) {
        this.simulation = simulation;
    }

    /**
     * A message has arrived.
     *
     * @param sender of the message
     */
    void delivered(SimulatedNode sender, Message message) {
        switch (message) {
            case Message.Replication(var _, GroupMessage inner) -> replication(sender, inner);
            case Message.BetweenNodes(NodeMessage inner) -> betweenNodes(inner);
            case Message.SnapshotChunk chunk -> {
                if (chunk.index() == 0) {
                    happened(RareEvent.SNAPSHOT_SENT);
                }
                if (chunk.last()) {
                    happened(RareEvent.SNAPSHOT_COMPLETE);
                }
            }
            case Message.PartitionAnswer(var _, PartitionResponse.Indeterminate()) ->
                    happened(RareEvent.OUTCOME_UNKNOWN);
            case Message.PartitionAnswer(var _, PartitionResponse.ConditionFailed _) ->
                    happened(RareEvent.CONDITION_FAILED);
            case Message.PartitionCall(var _, var _, PartitionRequest.Prepare prepare) ->
                    prepared.putIfAbsent(
                            prepare.mark().id(), new Prepared(sender, simulation.nowNanos()));
            case Message.PartitionCall(var _, var _, PartitionRequest.Finish finish) ->
                    finished(sender, finish);
            default -> {}
        }
    }

    private void finished(SimulatedNode sender, PartitionRequest.Finish finish) {
        Prepared by = prepared.get(finish.transaction());
        boolean recovered =
                by != null
                        && (by.node() != sender
                                || by.atNanos() + STALLED_NANOS < simulation.nowNanos());
        if (recovered) {
            happened(
                    finish.commit()
                            ? RareEvent.TRANSACTION_COMPLETED_LATER
                            : RareEvent.TRANSACTION_GIVEN_UP_LATER);
        }
    }

    private void replication(SimulatedNode sender, GroupMessage message) {
        switch (message) {
            case GroupMessage.InquiryAnswer answer -> {
                if (answer.leaderHealthy()) {
                    happened(RareEvent.LEADER_HEARD_BY_OTHERS);
                }
            }
            case GroupMessage.Refusal refusal -> refusal(sender, refusal);
            case GroupMessage.Fetched fetched -> {
                if (!fetched.entries().isEmpty()) {
                    happened(RareEvent.LOG_ADOPTED);
                    long end = fetched.fromLsn() + fetched.entries().size() - 1;
                    if (end < fetched.lastLsn()) {
                        happened(RareEvent.LOG_ADOPTED_IN_PARTS);
                    }
                }
            }
            case GroupMessage.Behind _ -> happened(RareEvent.MEMBER_BEHIND);
            case GroupMessage.Resigned _ -> happened(RareEvent.RESIGNED);
            case GroupMessage.Accept accept -> {
                if (accept.trimLsn() > 0) {
                    happened(RareEvent.LOG_CUT);
                }
            }
            case GroupMessage.Inquiry _,
                    GroupMessage.Prepare _,
                    GroupMessage.Promise _,
                    GroupMessage.Fetch _,
                    GroupMessage.Accepted _ -> {}
        }
    }

    private void refusal(SimulatedNode sender, GroupMessage.Refusal refusal) {
        if (refusal.promised().isAbove(refusal.ballot())) {
            happened(RareEvent.REFUSED_FOR_BALLOT);
        } else if (refusal.leaseHeld()) {
            long leaseNanos = sender.cluster().setup().timing().leaseNanos();
            boolean justStarted = sender.starts() > 1 && sender.upNanos() < leaseNanos;
            happened(justStarted ? RareEvent.SILENT_AFTER_START : RareEvent.REFUSED_FOR_LEASE);
        }
    }

    private void betweenNodes(NodeMessage message) {
        switch (message) {
            case NodeMessage.Heartbeat heartbeat -> {
                if (!heartbeat.ceded().isEmpty()) {
                    happened(RareEvent.OFFICE_CEDED);
                }
            }
            case NodeMessage.HeartbeatAnswer answer -> {
                if (!answer.withdrawn().isEmpty()) {
                    happened(RareEvent.LEASE_WITHDRAWN);
                }
            }
        }
    }

    private void happened(RareEvent event) {
        simulation.happened(event);
    }
}
