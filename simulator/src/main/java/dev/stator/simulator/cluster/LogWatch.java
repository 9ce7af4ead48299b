package dev.stator.simulator.cluster;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.core.node.StorePosition;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupRecord;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.engine.Simulation;
import java.util.HashMap;
import java.util.Map;

/** Knows from the records of a node's log how far the logs of its replicas reach. */
final class LogWatch {
    private final Simulation simulation;
    private final Map<GroupId, Long> lastLsn = new HashMap<>();

    LogWatch(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A record was read back. */
    void recovered(GroupId group, byte[] record) {
        take(group, record);
    }

    /** A record is written. */
    void appended(GroupId group, byte[] record) {
        if (take(group, record)) {
            simulation.happened(RareEvent.ENTRIES_REPLACED);
        }
    }

    /**
     * @return whether entries that were held go
     */
    private boolean take(GroupId group, byte[] record) {
        return switch (ReplicaRecordCodec.decode(record)) {
            case ReplicaRecord.Progress(GroupRecord.Appended(var entries)) -> {
                if (entries.isEmpty()) {
                    yield false;
                }
                Long before = lastLsn.put(group, entries.getLast().lsn());
                yield before != null && entries.getFirst().lsn() <= before;
            }
            case ReplicaRecord.Hosted(var _, GroupRecord.Checkpoint checkpoint) -> {
                lastLsn.put(group, checkpoint.baseLsn() + checkpoint.entries().size());
                yield false;
            }
            case ReplicaRecord.Progress _, ReplicaRecord.Dropped _ -> false;
        };
    }

    /** The replicas start from what their stores hold. */
    void started(Map<Long, StorePosition> positions) {
        positions.forEach((group, position) -> {
            Long last = lastLsn.get(new GroupId(group));
            if (last != null && position.appliedLsn() > last) {
                simulation.happened(RareEvent.STORE_AHEAD_OF_LOG);
            }
        });
    }
}
