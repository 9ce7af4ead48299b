package dev.stator.core.autoadmin;

import dev.stator.core.wire.Address;
import dev.stator.core.wire.IndexMessage.DefineIndexes;
import dev.stator.core.wire.IndexMessage.IndexesDefined;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells all partitions of a table what indexes it has, as one version of its record says, and hears
 * from them how far these are. Goes on asking until it is let go of.
 */
final class IndexDefining {
    static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Tenure tenure;
    private final long version;
    private final TableSchema schema;

    /**
     * What each partition has answered: the indexes that it has backfilled. Null for nothing yet.
     */
    private final SortedMap<GroupId, List<TableId>> answers = new TreeMap<>();

    private final List<PartitionDescriptor> partitions;
    private long askAtNanos;

    IndexDefining(Tenure tenure, TableRecord record) {
        this.tenure = tenure;
        this.version = record.version();
        this.schema = record.table().schema();
        this.partitions = record.table().partitions();
        this.askAtNanos = tenure.nowNanos();
    }

    void defined(IndexesDefined answer) {
        if (answer.version() >= version) {
            answers.put(answer.group(), answer.backfilled());
        }
    }

    void ask() {
        if (askAtNanos - tenure.nowNanos() > 0) {
            return;
        }
        askAtNanos = tenure.nowNanos() + ASK_AGAIN_NANOS;
        for (PartitionDescriptor partition : partitions) {
            GroupId group = new GroupId(partition.groupId());
            tenure.routes()
                    .find(group)
                    .ifPresent(route ->
                            tenure.send(
                                    Address.storage(route.leader()),
                                    new DefineIndexes(tenure.newCallId(), group, version, schema)));
        }
    }

    /** All partitions know the indexes. */
    boolean isKnown() {
        return answers.size() == partitions.size();
    }

    /** All that was in the table before is in the index. */
    boolean isBackfilled(TableId index) {
        if (!isKnown()) {
            return false;
        }
        for (List<TableId> backfilled : answers.values()) {
            if (!backfilled.contains(index)) {
                return false;
            }
        }
        return true;
    }
}
