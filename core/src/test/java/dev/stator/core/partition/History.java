package dev.stator.core.partition;

import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked and answered, and when. */
final class History {
    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation> inOrderOfAnswers = new ArrayList<>();
    private int now;

    /** One request. Times are positions in the history. */
    static final class Operation {
        final int id;
        final PartitionRequest request;
        final int invokedAt;
        int answeredAt;
        @Nullable PartitionResponse response;

        /** Up to where the log was committed when the answer was given. */
        long committedLsn;

        /** Where it took effect, once the checker has found out. */
        long lsn;

        Operation(int id, PartitionRequest request, int invokedAt) {
            this.id = id;
            this.request = request;
            this.invokedAt = invokedAt;
        }

        @Override
        public String toString() {
            return "operation " + id + " " + request + " answered " + response;
        }
    }

    int invoked(PartitionRequest request) {
        operations.add(new Operation(operations.size(), request, now++));
        return operations.size() - 1;
    }

    void answered(int id, @Nullable PartitionResponse response, long committedLsn) {
        Operation operation = operations.get(id);
        operation.answeredAt = now++;
        operation.response = response;
        operation.committedLsn = committedLsn;
        inOrderOfAnswers.add(operation);
    }

    int size() {
        return operations.size();
    }

    List<Operation> operations() {
        return operations;
    }

    List<Operation> inOrderOfAnswers() {
        return inOrderOfAnswers;
    }
}
