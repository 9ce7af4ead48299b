package dev.stator.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.GroupId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final SendOrder GROUP = new SendOrder.InGroup(new GroupId(7));
    private static final SendOrder OTHER_GROUP = new SendOrder.InGroup(new GroupId(8));
    private static final int LONG = 100_000;
    private static final int SHORT = 100;

    private final Outbox outbox = new Outbox();

    /** A message that can be told by its first byte. */
    private static byte[] message(int name, int length) {
        byte[] content = new byte[length];
        content[0] = (byte) name;
        return content;
    }

    /** The names of the messages in the order in which they arrive whole. */
    private List<Integer> arrivals() {
        List<Integer> names = new ArrayList<>();
        int longOne = 0;
        ByteBuf batch = outbox.nextBatch(UnpooledByteBufAllocator.DEFAULT);
        while (batch != null) {
            while (batch.isReadable()) {
                int length = batch.readInt();
                batch.skipBytes(Integer.BYTES);
                int kind = batch.readUnsignedByte();
                int name = batch.getByte(batch.readerIndex());
                batch.skipBytes(length);
                if (kind == Frames.PART && longOne == 0) {
                    longOne = name;
                } else if (kind == Frames.LAST_PART) {
                    names.add(longOne == 0 ? name : longOne);
                    longOne = 0;
                } else if (kind == Frames.WHOLE) {
                    names.add(name);
                }
            }
            batch.release();
            batch = outbox.nextBatch(UnpooledByteBufAllocator.DEFAULT);
        }
        return names;
    }

    @Test
    void messagesOfOneGroupKeepTheirOrder() {
        outbox.add(message(1, LONG), GROUP);
        outbox.add(message(2, SHORT), GROUP);
        outbox.add(message(3, SHORT), OTHER_GROUP);
        outbox.add(message(4, LONG), GROUP);
        outbox.add(message(5, SHORT), GROUP);
        List<Integer> arrived = arrivals();
        assertThat(arrived).startsWith(3);
        assertThat(arrived).containsExactly(3, 1, 2, 4, 5);
        assertThat(outbox.queuedBytes()).isZero();

        outbox.add(message(6, SHORT), GROUP);
        outbox.add(message(7, LONG), new SendOrder.Any());
        outbox.add(message(8, SHORT), GROUP);
        assertThat(arrivals()).as("nothing of the group is long any more").containsExactly(6, 8, 7);
    }

    @Test
    void aLongMessageDoesNotOvertakeShortOnesOfItsGroup() {
        for (int i = 0; i < 200; i++) {
            outbox.add(message(1, 10_000), OTHER_GROUP);
        }
        outbox.add(message(2, SHORT), GROUP);
        outbox.add(message(3, LONG), GROUP);
        assertThat(arrivals()).endsWith(2, 3);
    }

    @Test
    void urgentMessagesGoFirstAndHaveABoundOfTheirOwn() {
        int added = 0;
        while (outbox.add(message(1, LONG), GROUP)) {
            added++;
        }
        assertThat(outbox.add(message(2, SHORT), new SendOrder.Urgent())).isTrue();
        assertThat(arrivals()).hasSize(added + 1).startsWith(2);
        while (outbox.add(message(3, SHORT), new SendOrder.Urgent())) {
            assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(Outbox.URGENT_BYTES_MAX);
        }
        assertThat(outbox.add(message(4, SHORT), GROUP)).isTrue();
    }

    @Test
    void whatIsClearedIsCountedAndHoldsNothingBack() {
        outbox.add(message(1, LONG), GROUP);
        outbox.add(message(2, SHORT), GROUP);
        outbox.add(message(3, SHORT), OTHER_GROUP);
        ByteBuf part = outbox.nextBatch(UnpooledByteBufAllocator.DEFAULT);
        assertThat(part).isNotNull();
        part.release();
        assertThat(outbox.clear()).isEqualTo(2);
        assertThat(outbox.queuedBytes()).isZero();
        outbox.add(message(4, SHORT), GROUP);
        assertThat(arrivals()).containsExactly(4);
    }
}
