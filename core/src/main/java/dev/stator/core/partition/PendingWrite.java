package dev.stator.core.partition;

import dev.stator.core.partition.PartitionHost.Caller;
import dev.stator.core.wire.PartitionResponse.Served;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write that is proposed and not yet applied, with the answers that must not leave before it is
 * committed.
 */
final class PendingWrite {
    private final long lsn;
    private final KeyQueue key;
    private final byte[] command;
    private final Answer answer;
    private @Nullable List<Answer> dependent;
    private boolean committed;

    /** An answer that waits, and whom it is for. */
    record Answer(Caller caller, Served response) {}

    PendingWrite(long lsn, KeyQueue key, byte[] command, Caller caller, Served response) {
        this.lsn = lsn;
        this.key = key;
        this.command = command;
        this.answer = new Answer(caller, response);
    }

    long lsn() {
        return lsn;
    }

    KeyQueue key() {
        return key;
    }

    byte[] command() {
        return command;
    }

    Answer answer() {
        return answer;
    }

    /** Adds the answer to a write that was evaluated on this one's image and changes nothing. */
    void addDependent(Caller caller, Served response) {
        if (dependent == null) {
            dependent = new ArrayList<>(2);
        }
        dependent.add(new Answer(caller, response));
    }

    /** It is committed, and all that waited for it is answered. */
    void commit() {
        committed = true;
        dependent = null;
    }

    boolean committed() {
        return committed;
    }

    List<Answer> dependents() {
        return dependent == null ? List.of() : dependent;
    }
}
