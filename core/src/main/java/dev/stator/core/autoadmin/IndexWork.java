package dev.stator.core.autoadmin;

import dev.stator.core.operations.TableChanges;
import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.model.table.IndexStatus;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes or removes the one global secondary index of a table that is CREATING or DELETING, while
 * the table is UPDATING and in use.
 *
 * <pre>
 * CREATING:  HOSTING      the replicas of the index's partitions are made, and have leaders
 *            DEFINING     every partition of the table is told of the index, and records changes
 *            BACKFILLING  (the record says so) every partition has sent what was there before
 *            TELLING      MemDS is told of the index as ACTIVE; enough: all nodes know it, or
 *                         after a while
 *            ACTING       the index and the table are ACTIVE
 *            An index may be deleted while it is BACKFILLING: the work for it begins anew.
 * DELETING:  DEFINING     every partition of the table is told that the index is no more
 *            TELLING      MemDS is told; enough: all nodes know it, or after a while
 *            DROPPING     the replicas of the index's partitions are dropped
 *            ACTING       the index is out of the record, and the table is ACTIVE
 * </pre>
 */
final class IndexWork implements Work {
    private final Tenure tenure;
    private final TableId table;
    private final SecondaryIndex.Global index;
    private final ReplicaHosting hosting;
    private final IndexDefining defining;
    private final ReplicaDropping dropping;
    private long toldAtNanos;
    private Phase phase;

    private enum Phase {
        HOSTING,
        DEFINING,
        BACKFILLING,
        TELLING,
        DROPPING,
        ACTING
    }

    private IndexWork(Tenure tenure, TableRecord record, SecondaryIndex.Global index) {
        this.tenure = tenure;
        this.table = record.id();
        this.index = index;
        this.toldAtNanos = tenure.nowNanos();
        hosting = new ReplicaHosting(tenure);
        defining = new IndexDefining(tenure, record);
        if (isCreated()) {
            hosting.addIndex(index.placement());
        }
        List<GroupReplica> dropped = new ArrayList<>(record.replicas());
        Set<GroupId> groups = groupsOf(index);
        dropped.removeIf(replica -> isCreated() || !groups.contains(replica.group()));
        dropping = new ReplicaDropping(tenure, dropped);
        phase = isCreated() ? Phase.HOSTING : Phase.DEFINING;
    }

    /** The work for a table that is UPDATING on account of an index. */
    static Optional<Work> of(Tenure tenure, TableRecord record) {
        return changing(record).map(index -> new IndexWork(tenure, record, index));
    }

    /** The index that is being made or removed; there is one at most. */
    static Optional<SecondaryIndex.Global> changing(TableRecord record) {
        for (SecondaryIndex.Global index : record.table().schema().globalIndexes()) {
            IndexStatus status = index.state().status();
            if (status == IndexStatus.CREATING || status == IndexStatus.DELETING) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** Its index is the one that changes, and is not to go meanwhile where it was to come. */
    @Override
    public boolean isFor(TableRecord record) {
        Optional<SecondaryIndex.Global> present = changing(record);
        return record.status() == TableStatus.UPDATING
                && present.isPresent()
                && present.get().placement().id().equals(index.placement().id())
                && present.get().state().status() == index.state().status();
    }

    private boolean isCreated() {
        return index.state().status() == IndexStatus.CREATING;
    }

    private static Set<GroupId> groupsOf(SecondaryIndex.Global index) {
        Set<GroupId> groups = new TreeSet<>();
        for (PartitionDescriptor partition : index.placement().partitions()) {
            groups.add(new GroupId(partition.groupId()));
        }
        return groups;
    }

    @Override
    public void hosted(GroupReplica replica) {
        hosting.hosted(replica);
    }

    @Override
    public void dropped(GroupReplica replica) {
        dropping.dropped(replica);
    }

    @Override
    public void defined(IndexesDefined answer) {
        defining.defined(answer);
    }

    @Override
    public void advance() {
        if (isCreated()) {
            create();
        } else {
            delete();
        }
    }

    private void create() {
        if (phase != Phase.ACTING) {
            hosting.ask(true);
        }
        if (phase == Phase.HOSTING && hosting.isEnough()) {
            phase = Phase.DEFINING;
        }
        if (phase == Phase.DEFINING || phase == Phase.BACKFILLING) {
            defining.ask();
        }
        if (phase == Phase.DEFINING && defining.isKnown()) {
            phase = Phase.BACKFILLING;
            tenure.change(table, this::backfilling, () -> {});
        }
        if (phase == Phase.BACKFILLING && defining.isBackfilled(index.placement().id())) {
            phase = Phase.TELLING;
            toldAtNanos = tenure.nowNanos();
            tenure.ledger().find(table).flatMap(this::settled).ifPresent(tenure.feed()::publish);
        }
        if (phase == Phase.TELLING && tenure.isTold(table, toldAtNanos)) {
            phase = Phase.ACTING;
            tenure.change(table, this::settled, () -> {});
        }
    }

    private void delete() {
        if (phase == Phase.DEFINING) {
            defining.ask();
            if (defining.isKnown()) {
                phase = Phase.TELLING;
            }
        }
        if (phase == Phase.TELLING && tenure.isTold(table, toldAtNanos)) {
            phase = Phase.DROPPING;
        }
        if (phase == Phase.DROPPING) {
            dropping.ask();
            if (dropping.isEnough()) {
                phase = Phase.ACTING;
                tenure.change(table, this::settled, () -> {});
            }
        }
    }

    private Optional<TableRecord> backfilling(TableRecord record) {
        if (!isFor(record)) {
            return Optional.empty();
        }
        List<SecondaryIndex.Global> indexes = new ArrayList<>();
        for (SecondaryIndex.Global each : record.table().schema().globalIndexes()) {
            indexes.add(
                    each.name().equals(index.name())
                            ? each.withState(new SecondaryIndex.State(IndexStatus.CREATING, true))
                            : each);
        }
        TableDescriptor changed =
                record.table().withSchema(record.table().schema().withGlobalIndexes(indexes));
        return changed.equals(record.table())
                ? Optional.empty()
                : Optional.of(record.changed(changed));
    }

    private Optional<TableRecord> settled(TableRecord record) {
        if (!isFor(record)) {
            return Optional.empty();
        }
        TableDescriptor active =
                TableChanges.settled(record.table()).withStatus(TableStatus.ACTIVE);
        List<GroupReplica> unhosted = new ArrayList<>(record.unhosted());
        Set<GroupId> groups = groupsOf(index);
        unhosted.removeIf(replica -> groups.contains(replica.group()));
        unhosted.addAll(hosting.missing());
        return Optional.of(record.hosted(active, unhosted));
    }
}
