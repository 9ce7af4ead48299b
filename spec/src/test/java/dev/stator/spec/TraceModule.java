package dev.stator.spec;

import dev.stator.replication.Ballot;
import dev.stator.replication.NodeId;
import dev.stator.simulator.protocol.ProtocolStep;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * A recorded history as module TraceSteps, which ReplicationTrace reads. Ballots become numbers, in
 * their order; the owner of the first one's number stands first in StepOwners.
 */
final class TraceModule {
    static final String NAME = "TraceSteps";

    private final List<ProtocolStep> steps;
    private final List<Ballot> ballots;
    private final List<NodeId> members;

    /**
     * @param members of the group, in the order of their numbers
     */
    TraceModule(List<ProtocolStep> steps, List<NodeId> members) {
        this.steps = steps;
        this.members = members;
        SequencedSet<Ballot> named = new TreeSet<>();
        steps.forEach(step -> collect(step, named));
        named.remove(Ballot.NONE);
        this.ballots = List.copyOf(named);
    }

    /** Other steps of the same group. */
    TraceModule with(List<ProtocolStep> others) {
        return new TraceModule(others, members);
    }

    private static void collect(ProtocolStep step, SequencedSet<Ballot> named) {
        switch (step) {
            case ProtocolStep.Wrote wrote -> {
                named.add(wrote.promised());
                named.addAll(wrote.entries());
            }
            case ProtocolStep.Restarted restarted -> named.add(restarted.promised());
            case ProtocolStep.SentPrepare sent -> named.add(sent.ballot());
            case ProtocolStep.SentPromise sent -> {
                named.add(sent.ballot());
                named.add(sent.lastBallot());
            }
            case ProtocolStep.SentAccept sent -> {
                named.add(sent.accept().ballot());
                named.add(sent.previousBallot());
                named.addAll(sent.entries());
            }
            case ProtocolStep.Received received -> named.add(received.accept().ballot());
            case ProtocolStep.SentAccepted sent -> named.add(sent.ballot());
            case ProtocolStep.Settled settled -> named.add(settled.leads());
            case ProtocolStep.Synced _, ProtocolStep.Flushed _ -> {}
        }
    }

    /** The text of the module. */
    String text() {
        List<String> owners = new ArrayList<>();
        ballots.forEach(ballot -> owners.add(String.valueOf(members.indexOf(ballot.owner()) + 1)));
        List<String> records = new ArrayList<>();
        steps.forEach(step -> records.add("    [" + record(step) + "]"));
        return "---- MODULE "
                + NAME
                + " ----\nStepOwners == <<"
                + String.join(", ", owners)
                + ">>\n\nSteps == <<\n"
                + String.join(",\n", records)
                + "\n>>\n====\n";
    }

    private String record(ProtocolStep step) {
        String fields =
                switch (step) {
                    case ProtocolStep.Wrote wrote ->
                            field("number", wrote.number())
                                    + field("promised", wrote.promised())
                                    + field("lastLsn", wrote.lastLsn())
                                    + field("entries", wrote.entries());
                    case ProtocolStep.Synced synced -> field("number", synced.number());
                    case ProtocolStep.Restarted restarted ->
                            field("promised", restarted.promised())
                                    + field("lastLsn", restarted.lastLsn())
                                    + field("committed", restarted.committedLsn());
                    case ProtocolStep.Flushed flushed -> field("lsn", flushed.lsn());
                    case ProtocolStep.SentPrepare sent -> field("ballot", sent.ballot());
                    case ProtocolStep.SentPromise sent ->
                            field("ballot", sent.ballot())
                                    + field("lastLsn", sent.lastLsn())
                                    + field("lastBallot", sent.lastBallot())
                                    + field("trimmed", sent.trimmedLsn());
                    case ProtocolStep.SentAccept sent ->
                            accept(sent.accept())
                                    + field("previousBallot", sent.previousBallot())
                                    + field("entries", sent.entries());
                    case ProtocolStep.Received received ->
                            accept(received.accept()) + field("count", received.count());
                    case ProtocolStep.SentAccepted sent ->
                            field("ballot", sent.ballot()) + field("lsn", sent.lsn());
                    case ProtocolStep.Settled settled ->
                            field("leads", settled.leads())
                                    + field("committed", settled.committedLsn())
                                    + field("lastLsn", settled.lastLsn())
                                    + ", serves |-> "
                                    + (settled.serves() ? "TRUE" : "FALSE");
                };
        return "kind |-> \"%s\", r |-> %d%s"
                .formatted(step.getClass().getSimpleName(), step.replica(), fields);
    }

    private String accept(ProtocolStep.Accept accept) {
        return field("ballot", accept.ballot())
                + field("previous", accept.previousLsn())
                + field("committed", accept.committedLsn())
                + field("trim", accept.trimLsn());
    }

    private static String field(String name, long value) {
        return ", " + name + " |-> " + value;
    }

    private String field(String name, Ballot ballot) {
        return field(name, number(ballot));
    }

    private String field(String name, List<Ballot> entries) {
        List<String> numbers = new ArrayList<>();
        entries.forEach(ballot -> numbers.add(String.valueOf(number(ballot))));
        return ", " + name + " |-> <<" + String.join(", ", numbers) + ">>";
    }

    /** NONE is zero. */
    private long number(Ballot ballot) {
        return ballots.indexOf(ballot) + 1L;
    }
}
