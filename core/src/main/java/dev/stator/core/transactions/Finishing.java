package dev.stator.core.transactions;

import dev.stator.core.transactions.LedgerRecord.Participant;
import dev.stator.core.transactions.TransactionPort.Reply;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.TransactionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells every item of a transaction how it ends, until each has heard it. May be done twice, and by
 * several at once.
 */
final class Finishing {
    /** How often an item is told; after that it is left to recovery. */
    private static final int ROUNDS_MAX = 10;

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final TransactionPort port;
    private final TransactionId attempt;
    private final boolean commit;
    private final Consumer<Boolean> then;
    private final Map<Integer, Participant> left = new LinkedHashMap<>();
    private int open;
    private int rounds;

    /**
     * @param then is told whether all have heard it
     */
    Finishing(TransactionPort port, TransactionId attempt, boolean commit, Consumer<Boolean> then) {
        this.port = port;
        this.attempt = attempt;
        this.commit = commit;
        this.then = then;
    }

    void start(List<Participant> items) {
        for (int i = 0; i < items.size(); i++) {
            left.put(i, items.get(i));
        }
        tellAll();
    }

    private void tellAll() {
        if (left.isEmpty() || rounds++ >= ROUNDS_MAX) {
            then.accept(left.isEmpty());
            return;
        }
        List<Integer> told = new ArrayList<>(left.keySet());
        open = told.size();
        for (Integer item : told) {
            Participant participant = Objects.requireNonNull(left.get(item), "an item");
            port.call(
                    participant.table(),
                    participant.key(),
                    new PartitionRequest.Finish(participant.key(), attempt, commit),
                    reply -> heard(item, reply));
        }
    }

    private void heard(Integer item, Reply reply) {
        switch (reply) {
            case Reply.Served _, Reply.Gone() -> left.remove(item); // Its table may be deleted.
            case Reply.Failed _ -> {}
        }
        if (--open == 0) {
            if (left.isEmpty()) {
                tellAll();
            } else {
                port.after(WAIT_NANOS, this::tellAll);
            }
        }
    }
}
