package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.node.ShardPort;
import dev.stator.core.node.StorageShard;
import dev.stator.core.store.KeyRange;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.Envelope;
import dev.stator.replication.GroupId;
import dev.stator.replication.Limits;
import dev.stator.replication.NodeId;
import dev.stator.replication.Timing;
import dev.stator.storage.disk.SimulatedDisk;
import dev.stator.storage.store.MemoryPartitionStore;
import dev.stator.storage.store.PartitionStore;
import dev.stator.storage.wal.SharedWal;
import dev.stator.storage.wal.WalOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a shard hears of what it has asked WAL and store for. */
class ShardRunnerTest {
    private static final NodeId SELF = new NodeId(0, 1);
    private static final GroupId GROUP = new GroupId(7);
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2, 3};
    private static final StoreBatch BATCH =
            new StoreBatch(GROUP.value(), 1, List.of(new StoreWrite.Put(KEY, VALUE)), List.of());
    private static final long WAIT_SECONDS_MAX = 60;

    private final MemoryPartitionStore store = new MemoryPartitionStore();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final EventLoop loop = new EventLoop(new LoopThread("shard"), failure::complete);
    private Node node;
    private ShardRunner runner;

    /** A node of which only the store may run. */
    private final class Node implements ShardRunner.Node, StoreLoop.Listener, WalLoop.Listener {
        private final WalLoop wal;
        private final StoreLoop storeLoop = new StoreLoop("store", store, this, failure::complete);

        Node() throws IOException {
            SharedWal empty =
                    SharedWal.create(
                            new SimulatedDisk().open(), new UUID(1, 2), WalOptions.DEFAULT);
            wal = new WalLoop("wal", empty, 1, this, failure::complete);
        }

        @Override
        public void send(Envelope envelope) {}

        @Override
        public WalLoop wal() {
            return wal;
        }

        @Override
        public StoreLoop storeLoop() {
            return storeLoop;
        }

        @Override
        public PartitionStore store() {
            return store;
        }

        @Override
        public Executor readers() {
            return Runnable::run;
        }

        @Override
        public void systemLeadership(boolean leads, long ballotRound) {}

        @Override
        public void fail(Throwable cause) {
            failure.complete(cause);
        }

        @Override
        public void applied(int shard, Map<GroupId, Long> lsns) {}

        @Override
        public void flushed(Map<Long, Long> lsns) {}

        @Override
        public void synced(int shard, long records) {}

        @Override
        public void wantsCheckpoint(GroupId group) {}
    }

    @BeforeEach
    void start() throws IOException {
        node = new Node();
        runner =
                new ShardRunner(
                        node,
                        new StorageShard.Setup(
                                SELF,
                                List.of(SELF),
                                0,
                                1,
                                Timing.DEFAULT,
                                Limits.DEFAULT,
                                1 << 20,
                                1 << 20),
                        loop);
        runner.start(Map.of(), Optional.empty());
    }

    @AfterEach
    void stop() {
        loop.close();
        node.storeLoop.close();
        assertThat(failure).isNotDone();
    }

    /** Returns when the loop has run all that it was given before. */
    private void settle() throws InterruptedException {
        CountDownLatch settled = new CountDownLatch(1);
        loop.execute(settled::countDown);
        assertThat(settled.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    /** Otherwise half of a snapshot would be taken for all of it after a crash. */
    @Test
    void aFlushThatIsAskedForIsDoneWhenItsEndIsTold() throws Exception {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        AtomicBoolean inLoop = new AtomicBoolean();
        runner.applyToStore(BATCH);
        runner.flushStore(() -> {
            inLoop.set(loop.inLoop());
            durable.complete(store.copyOfDurable().appliedPositions().containsKey(GROUP.value()));
        });
        settle();
        assertThat(durable).isNotDone();
        node.storeLoop.start();
        assertThat(durable.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(inLoop).isTrue();
    }

    @Test
    void whatIsReadIsToldOnTheLoopAndNotFromWithinTheCall() throws Exception {
        store.write(List.of(BATCH));
        CompletableFuture<byte[]> value = new CompletableFuture<>();
        AtomicBoolean returned = new AtomicBoolean();
        AtomicBoolean early = new AtomicBoolean();
        loop.execute(() -> {
            runner.readStore(
                    KEY,
                    read -> {
                        early.set(!returned.get() || !loop.inLoop());
                        value.complete(read);
                    },
                    _ -> {});
            returned.set(true);
        });
        assertThat(value.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).containsExactly(2, 3);
        assertThat(early).isFalse();
    }

    @Test
    void damageIsToldAndDoesNotStopTheNode() throws Exception {
        store.write(List.of(BATCH));
        store.flipBit(KEY, 0);
        CountDownLatch damaged = new CountDownLatch(2);
        runner.readStore(KEY, _ -> {}, _ -> damaged.countDown());
        KeyRange all = new KeyRange(new byte[] {0}, new byte[] {9});
        runner.scanStore(
                new ShardPort.StoreScan(all, true, (_, _) -> true),
                () -> {},
                _ -> damaged.countDown());
        assertThat(damaged.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }
}
