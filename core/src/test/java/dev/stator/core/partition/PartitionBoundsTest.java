package dev.stator.core.partition;

import static dev.stator.core.partition.Requests.NOT_EXISTS;
import static dev.stator.core.partition.Requests.get;
import static dev.stator.core.partition.Requests.put;
import static dev.stator.core.partition.Requests.putIf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.partition.ScriptedHost.TestCaller;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.Got;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.Item;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At each bound the next request is answered Unavailable, and room is made again afterwards. */
class PartitionBoundsTest {
    private final LeaderFixture leader = new LeaderFixture();
    private final ScriptedHost host = leader.host;

    @Test
    void writesThatWaitForOneKey() {
        for (int i = 0; i < Bounds.WAITING_WRITES_PER_KEY_MAX; i++) {
            assertWaits(leader.send(put("a", i)));
        }
        assertRefused(leader.send(put("a", 0)), Refusals.TOO_MANY_WAITING);
        assertWaits(leader.send(put("b", 0)));
        finish();
        assertThat(leader.call(put("a", 0))).isInstanceOf(Written.class);
    }

    @Test
    void writesThatWaitInAll() {
        for (int i = 0; i < Bounds.WAITING_WRITES_MAX; i++) {
            assertWaits(leader.send(put("k" + i, i)));
        }
        assertRefused(leader.send(put("a", 0)), Refusals.TOO_MANY_WAITING);
        finish();
        assertThat(leader.call(put("a", 0))).isInstanceOf(Written.class);
    }

    @Test
    void failedConditionsThatWaitForAPendingWrite() {
        assertWaits(leader.send(put("a", 0)));
        host.completeReads();
        for (int i = 0; i < Bounds.WAITING_WRITES_MAX; i++) {
            assertWaits(leader.send(putIf("a", i, NOT_EXISTS)));
        }
        assertRefused(leader.send(putIf("a", 0, NOT_EXISTS)), Refusals.TOO_MANY_WAITING);
        assertWaits(leader.send(put("a", 1)));
        finish();
        assertThat(leader.call(put("b", 0))).isInstanceOf(Written.class);
    }

    @Test
    void pendingWrites() {
        for (int i = 0; i < Bounds.PENDING_WRITES_MAX; i++) {
            assertWaits(leader.send(put("a", i)));
            host.completeReads();
        }
        assertRefused(leader.send(put("a", 0)), Refusals.TOO_MANY_PENDING);
        TestCaller other = leader.send(put("b", 0));
        host.completeReads();
        assertRefused(other, Refusals.TOO_MANY_PENDING);
        finish();
        assertThat(leader.call(put("a", 0))).isInstanceOf(Written.class);
    }

    @Test
    void bytesOfPendingWrites() {
        int itemBytes = 400_000;
        Item item = Requests.itemWithText("a", itemBytes);
        Write large =
                new Write(
                        Requests.key("a"),
                        new PartitionRequest.Change.Put(item),
                        Optional.empty(),
                        false,
                        false,
                        false);
        int taken = 0;
        TestCaller caller = sendAndRead(large);
        while (leader.answer(caller) == null) {
            taken++;
            caller = sendAndRead(large);
        }
        assertRefused(caller, Refusals.TOO_MANY_PENDING);
        assertThat(taken).isEqualTo(Bounds.PENDING_BYTES_MAX / itemBytes + 1);
        finish();
        assertThat(leader.call(large)).isInstanceOf(Written.class);
    }

    @Test
    void reads() {
        for (int i = 0; i < Bounds.GETS_MAX; i++) {
            assertWaits(leader.send(get("a", i % 2 == 0)));
        }
        assertRefused(leader.send(get("a", true)), Refusals.TOO_MANY_READS);
        assertWaits(leader.send(put("a", 1)));
        finish();
        assertThat(leader.call(get("a", true))).isInstanceOf(Got.class);
    }

    @Test
    void rangeReads() {
        for (int i = 0; i < Bounds.SCANS_MAX; i++) {
            assertWaits(leader.send(Requests.all()));
        }
        assertRefused(leader.send(Requests.all()), Refusals.TOO_MANY_READS);
        assertWaits(leader.send(get("a", true)));
        finish();
        assertThat(leader.call(Requests.all()))
                .isEqualTo(new Page(List.of(), 0, 0, 0, Optional.empty()));
    }

    private TestCaller sendAndRead(Write write) {
        TestCaller caller = leader.send(write);
        host.completeReads();
        return caller;
    }

    private void finish() {
        host.completeReads();
        host.completeScans();
        leader.applyAll();
    }

    private void assertWaits(TestCaller caller) {
        assertThat(leader.answer(caller)).isNull();
    }

    private void assertRefused(TestCaller caller, PartitionResponse refusal) {
        assertThat(leader.answer(caller)).isEqualTo(refusal);
    }
}
