package dev.stator.core.node;

import dev.stator.core.partition.PartitionHost.Collector;
import dev.stator.core.store.KeyRange;
import dev.stator.core.store.RangeDelete;
import dev.stator.core.store.StoreWrite;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.Message;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies of whole replicas, for members that need entries which the log no longer holds. The leader
 * reads a consistent view of its store chunk by chunk; the next one leaves when the receiver has
 * taken the last.
 *
 * <p>The receiver first voids its own content and says so in its store, so that a crash halfway
 * leaves no mixture that looks whole. Its acceptor goes on all the while: what it has promised and
 * accepted is in the log, not in the store.
 */
final class Snapshots {
    /** Copies that one shard sends at a time; others wait to be asked for again. */
    static final int TRANSFERS_MAX = 2;

    private final StorageShard shard;
    private final Map<Target, Transfer> transfers = new LinkedHashMap<>();
    private final Set<StoreView> views = new LinkedHashSet<>();
    private long nextId;

    private record Target(GroupId group, NodeId follower) {}

    Snapshots(StorageShard shard) {
        this.shard = shard;
        this.nextId = shard.leases().incarnation() << 32;
    }

    /** One copy on its way to one follower. */
    private final class Transfer {
        private final HostedReplica replica;
        private final Target target;
        private final long id = nextId++;
        private final StoreView view;
        private final StorePosition position;
        private final Deque<KeyRange> left = new ArrayDeque<>();
        private Message.@Nullable SnapshotChunk unanswered;
        private int nextIndex;
        private long sentAtNanos;
        private long startedWaitingNanos;

        /** A thread reads the view, which cannot be closed before that is done. */
        private boolean reading;

        private boolean ended;

        Transfer(HostedReplica replica, Target target) {
            this.replica = replica;
            this.target = target;
            this.view = shard.port().viewStore();
            views.add(view);
            this.position = view.position(replica.id());
            for (RangeDelete part : HostedReplica.storeRanges(replica.descriptor())) {
                left.add(part.range());
            }
        }

        void readChunk() {
            readInto(new ChunkCollector(shard.limits().snapshotChunkBytes()));
        }

        private void readInto(ChunkCollector collector) {
            KeyRange range = left.remove();
            reading = true;
            view.scan(
                    new ShardPort.StoreScan(range, true, collector),
                    () -> {
                        reading = false;
                        if (ended) {
                            closeView();
                        } else {
                            partRead(range, collector);
                        }
                    },
                    detail -> {
                        reading = false;
                        replica.damaged(detail);
                        if (ended) {
                            closeView();
                        } else {
                            end();
                        }
                    });
        }

        private void partRead(KeyRange range, ChunkCollector collector) {
            if (collector.full) {
                byte[] last = collector.writes.getLast().key();
                left.addFirst(new KeyRange(KeyRange.after(last), range.to()));
            } else if (!left.isEmpty()) {
                readInto(collector);
                return;
            }
            send(collector.writes);
        }

        void end() {
            transfers.remove(target);
            ended = true;
            if (!reading) {
                closeView();
            }
        }

        private void closeView() {
            views.remove(view);
            view.close();
        }

        private void send(List<StoreWrite> writes) {
            Message.SnapshotChunk chunk =
                    new Message.SnapshotChunk(
                            replica.id(),
                            id,
                            nextIndex++,
                            position.appliedLsn(),
                            position.state(),
                            writes,
                            left.isEmpty());
            unanswered = chunk;
            startedWaitingNanos = shard.nowNanos();
            transmit(chunk);
        }

        private void transmit(Message.SnapshotChunk chunk) {
            sentAtNanos = shard.nowNanos();
            shard.port()
                    .send(new Envelope(shard.address(), shard.storageOf(target.follower), chunk));
        }

        /**
         * @return whether the copy is still under way
         */
        boolean onTick() {
            if (!replica.group().leads()) {
                return false;
            }
            Message.SnapshotChunk chunk = unanswered;
            if (chunk == null) {
                return true;
            }
            if (shard.nowNanos() - startedWaitingNanos >= shard.timing().stallNanos()) {
                return false;
            }
            if (shard.nowNanos() - sentAtNanos >= shard.timing().retransmitNanos() * 2) {
                transmit(chunk);
            }
            return true;
        }

        /**
         * @return whether the copy is still under way
         */
        boolean onTaken(Message.SnapshotTaken taken) {
            Message.SnapshotChunk chunk = unanswered;
            if (taken.snapshotId() != id || chunk == null || taken.index() != chunk.index()) {
                return true;
            }
            if (chunk.last()) {
                return false;
            }
            unanswered = null;
            readChunk();
            return true;
        }
    }

    /** Collects until the chunk is full. */
    private static final class ChunkCollector implements Collector {
        private final int bytesMax;
        private final List<StoreWrite> writes = new ArrayList<>();
        private long bytes;
        private boolean full;

        ChunkCollector(int bytesMax) {
            this.bytesMax = bytesMax;
        }

        @Override
        public boolean collect(byte[] key, byte[] value) {
            writes.add(new StoreWrite.Put(key, value));
            bytes += key.length + value.length;
            full = bytes >= bytesMax;
            return !full;
        }
    }

    // ---- Sender

    /** The follower lacks what the log no longer holds. */
    void offer(HostedReplica replica, NodeId follower) {
        Target target = new Target(replica.id(), follower);
        if (!transfers.containsKey(target) && transfers.size() < TRANSFERS_MAX) {
            Transfer transfer = new Transfer(replica, target);
            transfers.put(target, transfer);
            transfer.readChunk();
        }
    }

    void onTaken(NodeId from, Message.SnapshotTaken taken) {
        Target target = new Target(taken.group(), from);
        Transfer transfer = transfers.get(target);
        if (transfer != null && !transfer.onTaken(taken)) {
            transfer.end();
        }
    }

    void onTick() {
        for (Transfer transfer : List.copyOf(transfers.values())) {
            if (!transfer.onTick()) {
                transfer.end();
            }
        }
    }

    /** Closes every view; nothing reads them any more. */
    void close() {
        views.forEach(StoreView::close);
        views.clear();
        transfers.clear();
    }

    // ---- Receiver

    /** Takes a chunk, in order; one that was taken before is only answered again. */
    void onChunk(HostedReplica replica, Address from, Message.SnapshotChunk chunk) {
        switch (replica.takeChunk(from.node(), chunk)) {
            case IGNORED -> {}
            case TAKEN -> taken(from, chunk);
            case COMPLETE ->
                    shard.port()
                            .flushStore(() -> {
                                if (replica.snapshotComplete(from.node(), chunk)) {
                                    shard.wake(replica);
                                    taken(from, chunk);
                                }
                            });
        }
    }

    private void taken(Address to, Message.SnapshotChunk chunk) {
        shard.port()
                .send(
                        new Envelope(
                                shard.address(),
                                to,
                                new Message.SnapshotTaken(
                                        chunk.group(), chunk.snapshotId(), chunk.index())));
    }
}
