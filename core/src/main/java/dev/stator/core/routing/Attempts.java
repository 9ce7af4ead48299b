package dev.stator.core.routing;

import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one kind that wait for their answers. All may wait equally long, so that they time
 * out in the order in which they were sent.
 */
final class Attempts {
    /** Whose message it was. */
    interface Owner {
        /**
         * There will be no answer.
         *
         * @param certainlyLost the message did not arrive
         */
        void unanswered(NodeId node, boolean certainlyLost);
    }

    private record Attempt(NodeId node, long deadlineNanos, Owner owner) {}

    private final CallIds ids;
    private final long timeoutNanos;
    private final Map<Long, Attempt> waiting = new LinkedHashMap<>();

    Attempts(CallIds ids, long timeoutNanos) {
        this.ids = ids;
        this.timeoutNanos = timeoutNanos;
    }

    int size() {
        return waiting.size();
    }

    /** Returns the call identifier under which to send. */
    long begin(NodeId node, Owner owner, long nowNanos) {
        long id = ids.next();
        waiting.put(id, new Attempt(node, nowNanos + timeoutNanos, owner));
        return id;
    }

    /** The answer is there, or is not wanted any more: whose it was; null if nobody waits. */
    @Nullable Owner end(long id) {
        Attempt attempt = waiting.remove(id);
        return attempt == null ? null : attempt.owner;
    }

    /** The message with this identifier did not leave. Returns false if it is none of these. */
    boolean lost(long id) {
        Attempt attempt = waiting.remove(id);
        if (attempt == null) {
            return false;
        }
        attempt.owner.unanswered(attempt.node, true);
        return true;
    }

    /** Nothing that was sent to the node and is not answered will be. */
    void disconnected(NodeId node) {
        List<Long> lost = new ArrayList<>();
        for (Map.Entry<Long, Attempt> entry : waiting.entrySet()) {
            if (entry.getValue().node.equals(node)) {
                lost.add(entry.getKey());
            }
        }
        lost.forEach(this::giveUp);
    }

    void expire(long nowNanos) {
        while (!waiting.isEmpty()) {
            Map.Entry<Long, Attempt> eldest = waiting.entrySet().iterator().next();
            if (eldest.getValue().deadlineNanos - nowNanos > 0) {
                return;
            }
            giveUp(eldest.getKey());
        }
    }

    private void giveUp(long id) {
        Attempt attempt = waiting.remove(id);
        if (attempt != null) {
            attempt.owner.unanswered(attempt.node, false);
        }
    }
}
