package dev.stator.simulator.check;

import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreBatch;
import dev.stator.core.store.StoreWrite;
import dev.stator.replication.GroupId;
import dev.stator.replication.NodeId;
import dev.stator.simulator.history.ItemForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks that the replicas of a group apply the same changes at each LSN, one after the other: the
 * log is one, whoever holds it. What is applied is also the truth about what was committed.
 */
public final class LogAgreementChecker {
    private static final String NAME = "log agreement";

    private record Replica(NodeId node, long group) {}

    private final Violations violations;
    private final List<CommittedWrites> listeners;
    private final Map<Long, TreeMap<Long, Long>> digests = new TreeMap<>();
    private final Map<Replica, Long> lastLsn = new HashMap<>();

    /** Tables that are no clients'. */
    private final Set<Long> ledgers = new HashSet<>();

    /** Replicas whose store is void until a snapshot is whole. */
    private final Map<Replica, Boolean> refilling = new HashMap<>();

    LogAgreementChecker(Violations violations, List<CommittedWrites> listeners) {
        this.violations = violations;
        this.listeners = listeners;
    }

    public void applied(NodeId node, StoreBatch batch) {
        Replica replica = new Replica(node, batch.groupId());
        if (batch.removesPosition()) {
            lastLsn.remove(replica);
            return;
        }
        boolean ofSnapshot =
                batch.appliedLsn() == 0
                        || removesItems(batch)
                        || refilling.getOrDefault(replica, false);
        if (ofSnapshot) {
            refilling.put(replica, batch.appliedLsn() == 0);
            lastLsn.put(replica, batch.appliedLsn());
            return;
        }
        Long last = lastLsn.put(replica, batch.appliedLsn());
        if (last != null && batch.appliedLsn() != last + 1) {
            violations.add(
                    NAME, describe(replica) + " applies " + batch.appliedLsn() + " after " + last);
        }
        compare(replica, batch);
    }

    private void compare(Replica replica, StoreBatch batch) {
        long digest = digest(batch);
        Long known =
                digests.computeIfAbsent(batch.groupId(), _ -> new TreeMap<>())
                        .putIfAbsent(batch.appliedLsn(), digest);
        if (known == null) {
            if (batch.groupId() != GroupId.SYSTEM.value()) {
                List<StoreWrite> items = itemsOfTables(batch);
                for (CommittedWrites listener : listeners) {
                    items.forEach(listener::committed);
                }
            }
        } else if (known != digest) {
            violations.add(
                    NAME,
                    describe(replica)
                            + " applies another entry at LSN "
                            + batch.appliedLsn()
                            + " than was applied before");
        }
    }

    /**
     * Without the rows of the group, without what follows from items, and without entries of global
     * indexes and records of the ledger of transactions, which nobody has called for.
     */
    private List<StoreWrite> itemsOfTables(StoreBatch batch) {
        List<StoreWrite> items = new ArrayList<>();
        for (StoreWrite write : batch.writes()) {
            if (StoreKey.isItem(write.key())) {
                if (isOfClients(write)) {
                    items.add(write);
                }
            } else if (StoreKey.isRow(write.key()) && StoreKey.sourceOf(write.key()).isPresent()) {
                return List.of(); // It moves the position of an index.
            }
        }
        return items;
    }

    /** The ledger is a table; its records do not have the key that all items of clients have. */
    private boolean isOfClients(StoreWrite write) {
        if (write.key().length < Long.BYTES) {
            return true;
        }
        long table = ByteBuffer.wrap(write.key()).getLong();
        if (write instanceof StoreWrite.Put(var _, byte[] value)
                && StoredItem.parse(value).item().get(ItemForm.PARTITION_KEY) == null) {
            ledgers.add(table);
        }
        return !ledgers.contains(table);
    }

    /** Change records that were done with are removed by ranges, too. */
    private static boolean removesItems(StoreBatch batch) {
        return batch.rangeDeletes().stream()
                .anyMatch(removed -> !StoreKey.isRow(removed.range().from()));
    }

    private static String describe(Replica replica) {
        return "the replica of group " + replica.group() + " on " + replica.node();
    }

    private static long digest(StoreBatch batch) {
        long digest = Arrays.hashCode(batch.state());
        for (StoreWrite write : batch.writes()) {
            digest = digest * 31 + Arrays.hashCode(write.key());
            if (write instanceof StoreWrite.Put put) {
                digest = digest * 31 + Arrays.hashCode(put.value());
            }
        }
        return digest;
    }

    /** The node has crashed; its replicas go on from what their stores still hold. */
    public void crashed(NodeId node) {
        lastLsn.keySet().removeIf(replica -> replica.node().equals(node));
        refilling.keySet().removeIf(replica -> replica.node().equals(node));
    }

    /** How many entries were committed. */
    public long entries() {
        return digests.values().stream().mapToLong(TreeMap::size).sum();
    }
}
