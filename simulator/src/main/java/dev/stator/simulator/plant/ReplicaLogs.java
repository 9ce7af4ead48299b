package dev.stator.simulator.plant;

import dev.stator.core.format.ReplicaRecord;
import dev.stator.core.format.ReplicaRecordCodec;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupRecord;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The logs of a shard's replicas, as their records tell them. */
final class ReplicaLogs {
    private final Map<GroupId, Log> logs = new HashMap<>();

    private static final class Log {
        private long baseLsn;
        private Ballot baseBallot = Ballot.NONE;
        private final TreeMap<Long, LogEntry> entries = new TreeMap<>();
    }

    void take(GroupId group, byte[] record) {
        switch (ReplicaRecordCodec.decode(record)) {
            case ReplicaRecord.Progress(GroupRecord.Appended(List<LogEntry> entries)) -> {
                if (!entries.isEmpty()) {
                    append(log(group), entries);
                }
            }
            case ReplicaRecord.Hosted(var _, GroupRecord.Checkpoint checkpoint) -> {
                Log fresh = new Log();
                fresh.baseLsn = checkpoint.baseLsn();
                fresh.baseBallot = checkpoint.baseBallot();
                append(fresh, checkpoint.entries());
                logs.put(group, fresh);
            }
            case ReplicaRecord.Progress _, ReplicaRecord.Dropped _ -> {}
        }
    }

    private Log log(GroupId group) {
        return logs.computeIfAbsent(group, _ -> new Log());
    }

    private static void append(Log log, List<LogEntry> entries) {
        if (!entries.isEmpty()) {
            log.entries.tailMap(entries.getFirst().lsn(), true).clear();
        }
        entries.forEach(entry -> log.entries.put(entry.lsn(), entry));
    }

    long baseLsn(GroupId group) {
        return log(group).baseLsn;
    }

    long lastLsn(GroupId group) {
        Log log = log(group);
        return log.entries.isEmpty() ? log.baseLsn : log.entries.lastKey();
    }

    Ballot lastBallot(GroupId group) {
        Log log = log(group);
        return log.entries.isEmpty() ? log.baseBallot : log.entries.lastEntry().getValue().ballot();
    }

    /** The entries above an LSN, as far as there is no hole. */
    List<LogEntry> above(GroupId group, long lsn) {
        List<LogEntry> found = new ArrayList<>();
        TreeMap<Long, LogEntry> entries = log(group).entries;
        LogEntry next = entries.get(lsn + 1);
        while (next != null) {
            found.add(next);
            next = entries.get(next.lsn() + 1);
        }
        return found;
    }
}
