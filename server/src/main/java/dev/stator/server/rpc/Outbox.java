package dev.stator.server.rpc;

import dev.stator.replication.GroupId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be sent to one node, in three queues: the urgent ones, those that fit
 * one frame, and the longer ones, which leave part by part between the others.
 *
 * <p>Messages of one group keep their order. A short one waits among the long ones while one of its
 * group does; a long one waits until the short ones that came before it have left.
 *
 * <p>Any thread adds, those of one group by one thread; one thread takes out.
 */
final class Outbox {
    /** Bytes of messages that wait; beyond it messages are turned away. */
    static final int BYTES_MAX = 32 << 20;

    /**
     * Bytes of urgent messages, which count for themselves: heartbeats that were turned away
     * because of bulk would cost all groups between two nodes their leases.
     */
    static final int URGENT_BYTES_MAX = 1 << 20;

    /** Short messages that are put into one buffer. */
    private static final int BATCH_BYTES = 64 << 10;

    private final Queue<byte[]> urgentMessages = new ConcurrentLinkedQueue<>();
    private final AtomicLong urgentBytes = new AtomicLong();

    private final Queue<byte[]> shortMessages = new ConcurrentLinkedQueue<>();
    private final Queue<LongMessage> longMessages = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** Counted before they are added, so that none that was added before is missing. */
    private final AtomicLong shortAdded = new AtomicLong();

    /** How many messages of a group are among the long ones, the one that is leaving included. */
    private final Map<GroupId, Integer> groupsInLong = new ConcurrentHashMap<>();

    // Owned by the thread that takes out.
    private long shortLeft;
    private @Nullable LongMessage leaving;
    private int leavingSent;

    /**
     * A message among the long ones.
     *
     * @param group whose order it keeps
     * @param shortBefore how many short messages were added before it
     */
    @SuppressWarnings("ArrayRecordComponent") // Moved, never compared.
    private record LongMessage(byte[] content, @Nullable GroupId group, long shortBefore) {}

    /**
     * @return false where it is turned away
     */
    boolean add(byte[] content, SendOrder order) {
        boolean fitsFrame = content.length <= Frames.CONTENT_BYTES_MAX;
        if (order instanceof SendOrder.Urgent && fitsFrame) {
            boolean taken = reserve(urgentBytes, content.length, URGENT_BYTES_MAX);
            if (taken) {
                urgentMessages.add(content);
            }
            return taken;
        }
        if (content.length > Frames.MESSAGE_BYTES_MAX
                || !reserve(bytes, content.length, BYTES_MAX)) {
            return false;
        }
        GroupId group = order instanceof SendOrder.InGroup(GroupId of) ? of : null;
        if (fitsFrame && (group == null || !groupsInLong.containsKey(group))) {
            shortAdded.incrementAndGet();
            shortMessages.add(content);
        } else {
            if (group != null) {
                groupsInLong.merge(group, 1, Integer::sum);
            }
            longMessages.add(new LongMessage(content, group, shortAdded.get()));
        }
        return true;
    }

    private static boolean reserve(AtomicLong queued, int length, int max) {
        if (queued.addAndGet(length) <= max) {
            return true;
        }
        queued.addAndGet(-length);
        return false;
    }

    long queuedBytes() {
        return bytes.get() + urgentBytes.get();
    }

    /** Urgent and short messages in one buffer, and one part of a long one; null for nothing. */
    @Nullable ByteBuf nextBatch(ByteBufAllocator allocator) {
        ByteBuf batch = allocator.buffer();
        takeWhole(urgentMessages, urgentBytes, batch);
        shortLeft += takeWhole(shortMessages, bytes, batch);
        LongMessage current = leaving == null ? nextLong() : leaving;
        if (current != null) {
            takePart(current, batch);
        }
        if (batch.isReadable()) {
            return batch;
        }
        batch.release();
        return null;
    }

    private static int takeWhole(Queue<byte[]> messages, AtomicLong queued, ByteBuf batch) {
        int taken = 0;
        for (byte[] content = messages.peek();
                content != null && batch.readableBytes() < BATCH_BYTES;
                content = messages.peek()) {
            Frames.append(batch, Frames.WHOLE, content);
            messages.remove();
            queued.addAndGet(-content.length);
            taken++;
        }
        return taken;
    }

    private @Nullable LongMessage nextLong() {
        LongMessage next = longMessages.peek();
        if (next == null || next.shortBefore > shortLeft) {
            return null;
        }
        return longMessages.poll();
    }

    private void takePart(LongMessage current, ByteBuf batch) {
        byte[] content = current.content;
        int length = Math.min(content.length - leavingSent, Frames.CONTENT_BYTES_MAX);
        boolean last = leavingSent + length == content.length;
        Frames.append(batch, last ? Frames.LAST_PART : Frames.PART, content, leavingSent, length);
        bytes.addAndGet(-length);
        leaving = last ? null : current;
        leavingSent = last ? 0 : leavingSent + length;
        if (last) {
            left(current);
        }
    }

    private void left(LongMessage message) {
        if (message.group != null) {
            groupsInLong.computeIfPresent(
                    message.group, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }

    /** Forgets all that waits. @return how many messages */
    int clear() {
        int forgotten = 0;
        LongMessage current = leaving == null ? longMessages.poll() : leaving;
        while (current != null) {
            bytes.addAndGet(leavingSent - current.content.length);
            leavingSent = 0;
            left(current);
            forgotten++;
            current = longMessages.poll();
        }
        leaving = null;
        int shortOnes = clear(shortMessages, bytes);
        shortLeft += shortOnes;
        return forgotten + shortOnes + clear(urgentMessages, urgentBytes);
    }

    private static int clear(Queue<byte[]> messages, AtomicLong queued) {
        int forgotten = 0;
        for (byte[] content = messages.poll(); content != null; content = messages.poll()) {
            queued.addAndGet(-content.length);
            forgotten++;
        }
        return forgotten;
    }
}
