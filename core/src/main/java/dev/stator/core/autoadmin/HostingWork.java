package dev.stator.core.autoadmin;

import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.GroupId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings the replicas of a table into being.
 *
 * <pre>
 * HOSTING   nodes are asked to host their replicas. Enough: all, or after a while a quorum of each
 *           group; and every group has a leader
 * DEFINING  the partitions are told what secondary indexes there are, if there are any
 * TELLING   MemDS is told of the table. Enough: all nodes know it, or after a while
 * ACTING    the table is made ACTIVE; then
 * REST      the nodes that did not host their replicas are asked for ever, and the table's record
 *           follows
 * </pre>
 *
 * A table that is active already begins with the rest.
 */
final class HostingWork implements Work {
    private enum Phase {
        HOSTING,
        DEFINING,
        TELLING,
        ACTING,
        REST
    }

    private final Tenure tenure;
    private final TableId table;
    private final ReplicaHosting hosting;
    private final IndexDefining defining;
    private Phase phase;
    private long toldAtNanos;
    private boolean committing;

    HostingWork(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.table = record.id();
        hosting = new ReplicaHosting(tenure);
        hosting.addTable(record.table());
        for (SecondaryIndex.Global index : record.table().schema().globalIndexes()) {
            hosting.addIndex(index.placement());
        }
        defining = new IndexDefining(tenure, record);
        boolean creating = record.status() == TableStatus.CREATING;
        phase = creating ? Phase.HOSTING : Phase.REST;
        if (!creating) {
            hosting.onlyMissing(record.unhosted());
        }
    }

    /** Whether the table has still the groups that this work knows. */
    @Override
    public boolean isFor(TableRecord record) {
        Set<GroupId> groups = new TreeSet<>();
        for (PartitionDescriptor partition : record.table().allPartitions()) {
            groups.add(new GroupId(partition.groupId()));
        }
        return groups.equals(hosting.groups());
    }

    @Override
    public void hosted(GroupReplica replica) {
        hosting.hosted(replica);
    }

    @Override
    public void defined(IndexesDefined answer) {
        defining.defined(answer);
    }

    @Override
    public void advance() {
        hosting.ask(phase != Phase.REST);
        if (phase == Phase.HOSTING && hosting.isEnough()) {
            phase = Phase.DEFINING;
        }
        if (phase == Phase.DEFINING) {
            define();
        }
        if (phase == Phase.TELLING && tenure.isTold(table, toldAtNanos)) {
            phase = Phase.ACTING;
        }
        if (phase == Phase.ACTING && !committing) {
            committing = true;
            tenure.change(table, this::activated, this::nowActive);
        }
        if (phase == Phase.REST && !committing) {
            noteRest();
        }
    }

    private void define() {
        Optional<TableRecord> record = tenure.ledger().find(table);
        boolean indexed =
                record.isPresent() && !record.get().table().schema().globalIndexes().isEmpty();
        if (indexed) {
            defining.ask();
        }
        if (!indexed || defining.isKnown()) {
            phase = Phase.TELLING;
            toldAtNanos = tenure.nowNanos();
            record.ifPresent(tenure.feed()::publish);
        }
    }

    private Optional<TableRecord> activated(TableRecord record) {
        if (record.status() != TableStatus.CREATING) {
            return Optional.empty();
        }
        TableDescriptor active = record.table().withStatus(TableStatus.ACTIVE);
        return Optional.of(record.hosted(active, hosting.missing()));
    }

    private void nowActive() {
        phase = Phase.REST;
        committing = false;
    }

    private void noteRest() {
        Optional<TableRecord> record = tenure.ledger().find(table);
        if (record.isPresent() && !record.get().unhosted().equals(hosting.missing())) {
            committing = true;
            tenure.change(
                    table,
                    current -> Optional.of(current.hosted(current.table(), hosting.missing())),
                    () -> committing = false);
        } else if (hosting.missing().isEmpty()) {
            tenure.hostingEnded(table);
        }
    }
}
