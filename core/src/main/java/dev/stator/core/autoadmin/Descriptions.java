package dev.stator.core.autoadmin;

import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.Contents;
import dev.stator.core.wire.MetadataMessage.GroupContents;
import dev.stator.core.wire.TableContents;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.replication.GroupId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What auto-admin tells of tables: what is stored of them, and what was last counted in them. */
final class Descriptions {
    private final KnownReports<GroupContents> reports;

    Descriptions(KnownReports<GroupContents> reports) {
        this.reports = reports;
    }

    AdminResponse of(TableDescriptor table) {
        return new AdminResponse.Table(table, contents(table));
    }

    private TableContents contents(TableDescriptor table) {
        SequencedMap<String, Contents> indexes = new LinkedHashMap<>();
        for (PartitionDescriptor partition : table.partitions()) {
            for (Map.Entry<String, Contents> local : localIndexes(partition).entrySet()) {
                indexes.merge(local.getKey(), local.getValue(), Contents::plus);
            }
        }
        for (SecondaryIndex.Global index : table.schema().globalIndexes()) {
            indexes.put(index.name(), sum(index.placement().partitions()));
        }
        return new TableContents(sum(table.partitions()), indexes);
    }

    private Contents sum(List<PartitionDescriptor> partitions) {
        Contents sum = Contents.NONE;
        for (PartitionDescriptor partition : partitions) {
            sum = sum.plus(find(partition).map(GroupContents::items).orElse(Contents.NONE));
        }
        return sum;
    }

    private SequencedMap<String, Contents> localIndexes(PartitionDescriptor partition) {
        return find(partition).map(GroupContents::localIndexes).orElse(new LinkedHashMap<>());
    }

    private Optional<GroupContents> find(PartitionDescriptor partition) {
        return reports.find(new GroupId(partition.groupId()));
    }
}
