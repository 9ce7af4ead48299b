package dev.stator.core.changes;

import dev.stator.core.format.Command;
import dev.stator.core.format.Command.Change;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.metadata.Members;
import dev.stator.core.wire.FeedPosition;
import dev.stator.core.wire.IndexMessage.ChangesNotTaken;
import dev.stator.core.wire.IndexMessage.ChangesTaken;
import dev.stator.core.wire.IndexMessage.TakeChanges;
import dev.stator.model.Bytes;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One partition of an index, as a feed sees it: where it is, and the one message on its way there.
 * A message is repeated until it is answered, at one member after the other where nobody is known
 * to lead.
 */
final class FeedTarget {
    /** After this a message or its answer is taken for lost. */
    static final long RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Before one that cannot take anything now is asked again. */
    static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final FeedHost host;
    private final GroupId group;
    private final KeyRange range;
    private final List<NodeId> members = new ArrayList<>();
    private int member;
    private @Nullable FeedPosition position;
    private @Nullable TakeChanges unanswered;
    private @Nullable FeedPosition wanted;
    private long sendAtNanos;

    /** What came of an answer. */
    enum Answer {
        /** It is not about what is under way. */
        STRANGE,
        /** The target is where it was to be. */
        REACHED,
        /** The target is elsewhere: what was to be sent must be made anew. */
        ELSEWHERE
    }

    FeedTarget(FeedHost host, PartitionDescriptor partition) {
        this.host = host;
        this.group = new GroupId(partition.groupId());
        this.range = partition.range();
        for (Member each : Members.of(partition)) {
            if (each.role() == Member.Role.STORAGE) {
                members.add(each.node());
            }
        }
    }

    KeyRange range() {
        return range;
    }

    /** Null where it is not known yet. */
    @Nullable FeedPosition position() {
        return position;
    }

    boolean busy() {
        return unanswered != null;
    }

    void ask() {
        begin(FeedPosition.START, null, Bytes.EMPTY);
    }

    /** Sends what leads from the known position to another one. */
    void send(FeedPosition to, List<Change> changes) {
        FeedPosition from = position;
        if (from == null) {
            throw new IllegalStateException("nobody knows where the index is");
        }
        Command command = new Command.IndexChanges(host.partition().group(), to, changes);
        begin(from, to, Bytes.wrap(CommandCodec.encode(command)));
    }

    private void begin(FeedPosition from, @Nullable FeedPosition to, Bytes command) {
        wanted = to;
        unanswered =
                new TakeChanges(host.newCallId(), group, host.partition().group(), from, command);
        transmit(unanswered);
    }

    private void transmit(TakeChanges message) {
        sendAtNanos = host.nowNanos() + RESEND_NANOS;
        host.send(members.get(member), message);
    }

    /** Repeats what was not answered. */
    void tick() {
        TakeChanges message = unanswered;
        if (message != null && host.nowNanos() - sendAtNanos >= 0) {
            member = (member + 1) % members.size();
            transmit(message);
        }
    }

    /** What is under way is of no interest any more; it may be taken all the same. */
    void forget() {
        unanswered = null;
        wanted = null;
    }

    Answer taken(ChangesTaken answer) {
        TakeChanges message = unanswered;
        if (message == null || answer.callId() != message.callId()) {
            return Answer.STRANGE;
        }
        boolean reached = wanted == null || answer.position().equals(wanted);
        position = answer.position();
        forget();
        return reached ? Answer.REACHED : Answer.ELSEWHERE;
    }

    void notTaken(ChangesNotTaken answer) {
        TakeChanges message = unanswered;
        if (message == null || answer.callId() != message.callId()) {
            return;
        }
        int leader = answer.leader().map(members::indexOf).orElse(-1);
        if (leader >= 0 && leader != member) {
            member = leader;
            transmit(message);
        } else {
            // The next tick goes on to the next member; where one leads and is only busy, its
            // neighbours say so.
            sendAtNanos = host.nowNanos() + RETRY_NANOS;
        }
    }
}
