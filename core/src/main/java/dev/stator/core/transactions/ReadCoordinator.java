package dev.stator.core.transactions;

import dev.stator.core.transactions.LedgerRecord.Participant;
import dev.stator.core.transactions.ReadOutcome.Got;
import dev.stator.core.transactions.ReadTransaction.Read;
import dev.stator.core.transactions.TransactionPort.Reply;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse.Conflict;
import dev.stator.core.wire.PartitionResponse.GotVersion;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads several items as they are at one moment, without a trace (ATC'23, section 3.4): all are
 * read, and read again. If none has changed from its first to its second reading, all were as they
 * are at every moment between the first and the second round. An item that is prepared may be about
 * to change together with another one that has changed already: then both rounds begin anew.
 */
final class ReadCoordinator {
    /** Rounds of reads of all items at most; two at least are needed. */
    private static final int ROUNDS_MAX = 8;

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final TransactionPort port;
    private final Recovery recovery;
    private final ReadTransaction transaction;
    private final Consumer<ReadOutcome> then;
    private List<GotVersion> before = List.of();
    private List<@Nullable Reply> replies = new ArrayList<>();
    private int open;
    private int rounds;

    ReadCoordinator(
            TransactionPort port,
            Recovery recovery,
            ReadTransaction transaction,
            Consumer<ReadOutcome> then) {
        this.port = port;
        this.recovery = recovery;
        this.transaction = transaction;
        this.then = then;
    }

    void start() {
        rounds++;
        replies = new ArrayList<>();
        open = transaction.reads().size();
        for (int i = 0; i < transaction.reads().size(); i++) {
            replies.add(null);
        }
        for (int i = 0; i < transaction.reads().size(); i++) {
            Read read = transaction.reads().get(i);
            int item = i;
            port.call(
                    read.table().id(),
                    read.key(),
                    new PartitionRequest.ReadVersion(read.key(), read.projection()),
                    reply -> got(item, reply));
        }
    }

    private void got(int item, Reply reply) {
        replies.set(item, reply);
        if (reply instanceof Reply.Served(Conflict conflict) && conflict.stalled()) {
            Read read = transaction.reads().get(item);
            recovery.resolve(new Participant(read.table().id(), read.key()), conflict.with());
        }
        if (--open == 0) {
            roundDone();
        }
    }

    private void roundDone() {
        List<GotVersion> versions = new ArrayList<>();
        List<Boolean> conflicts = new ArrayList<>();
        for (Reply reply : replies) {
            switch (reply) {
                case Reply.Served(GotVersion version) -> {
                    versions.add(version);
                    conflicts.add(false);
                }
                case Reply.Served(Conflict _) -> conflicts.add(true);
                case Reply.Served(Refused(ApiError error, var _)) -> {
                    then.accept(new ReadOutcome.Failed(error));
                    return;
                }
                case Reply.Failed(ApiError error, var _) -> {
                    then.accept(new ReadOutcome.Failed(error));
                    return;
                }
                case Reply.Gone() -> {
                    then.accept(
                            new ReadOutcome.Failed(
                                    new ApiError.ResourceNotFound(Messages.RESOURCE_NOT_FOUND)));
                    return;
                }
                case Reply.Served(var other) ->
                        throw new IllegalStateException("to a read of a version: " + other);
                case null -> throw new IllegalStateException("a read without an answer");
            }
        }
        if (versions.size() < replies.size()) {
            before = List.of();
            againOrConflict(conflicts);
        } else if (isSame(versions)) {
            then.accept(
                    new ReadOutcome.Read(
                            versions.stream()
                                    .map(each -> new Got(each.item(), each.sizeBytes()))
                                    .toList()));
        } else {
            List<Boolean> changed = changedSince(versions);
            before = versions;
            if (rounds < ROUNDS_MAX) {
                start();
            } else {
                then.accept(new ReadOutcome.Canceled(changed));
            }
        }
    }

    private void againOrConflict(List<Boolean> conflicts) {
        if (rounds < ROUNDS_MAX) {
            port.after(WAIT_NANOS * rounds, this::start);
        } else {
            then.accept(new ReadOutcome.Canceled(conflicts));
        }
    }

    private boolean isSame(List<GotVersion> versions) {
        return !before.isEmpty() && !changedSince(versions).contains(true);
    }

    private List<Boolean> changedSince(List<GotVersion> versions) {
        List<Boolean> changed = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            changed.add(
                    before.isEmpty()
                            || before.get(i).exists() != versions.get(i).exists()
                            || before.get(i).versionMicros() != versions.get(i).versionMicros());
        }
        return changed;
    }
}
