package dev.stator.core.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.PartitionState;
import dev.stator.core.format.StoreKey;
import dev.stator.core.format.StoredItem;
import dev.stator.core.partition.History.Operation;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Get;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.core.wire.PartitionResponse.ConditionFailed;
import dev.stator.core.wire.PartitionResponse.Got;
import dev.stator.core.wire.PartitionResponse.Indeterminate;
import dev.stator.core.wire.PartitionResponse.Page;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.LogEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Holds a history against the log that was committed in the end. The log must be what comes of its
 * own requests evaluated one after the other; each answer must be that of some position of the log;
 * and the positions must agree with real time: an operation that was answered before another was
 * asked does not come after it, and none comes after what was committed when it was answered.
 */
final class HistoryChecker {
    private final History history;
    private final List<LogEntry> log;
    private final List<PlacementKey> keys;
    private final SequencedMap<PlacementKey, List<Version>> versions = new LinkedHashMap<>();
    private final Map<DeleteEntry, List<Operation>> openDeleters = new LinkedHashMap<>();
    private final Map<Operation, DeleteEntry> deleted = new LinkedHashMap<>();
    private long maxDeleteMicros;

    /** An item from an LSN on. */
    private record Version(long lsn, Optional<Item> item, long timestampMicros) {}

    /** An entry that deletes an item. */
    private record DeleteEntry(long lsn, PlacementKey key, Optional<Item> before) {}

    /** What a write comes to. */
    private record Result(PartitionResponse answer, boolean changes, Optional<Item> after) {}

    HistoryChecker(History history, List<LogEntry> log, List<PlacementKey> keys) {
        this.history = history;
        this.log = log;
        this.keys = keys;
        for (PlacementKey key : keys) {
            versions.put(key, new ArrayList<>(List.of(new Version(0, Optional.empty(), 0))));
        }
    }

    void check() {
        for (LogEntry entry : log) {
            if (entry.kind() == LogEntry.Kind.COMMAND) {
                replay(entry);
            }
        }
        for (Operation operation : history.operations()) {
            checkEffect(operation);
        }
        checkRealTime();
    }

    // ---- The log

    private void replay(LogEntry entry) {
        Command.Changes command = (Command.Changes) CommandCodec.decode(entry.payload());
        Command.Change change = command.changes().getFirst();
        List<Version> ofKey = versionsOf(change.key());
        Version before = ofKey.getLast();
        Version after =
                switch (change) {
                    case Command.Change.Put put ->
                            new Version(
                                    entry.lsn(),
                                    Optional.of(put.item().item()),
                                    put.item().timestampMicros());
                    case Command.Change.Delete delete ->
                            new Version(entry.lsn(), Optional.empty(), delete.timestampMicros());
                };
        if (after.item().isPresent()) {
            Operation cause = writerOf(after.item().get());
            Result expected = evaluate((Write) cause.request, before.item());
            assertThat(expected.changes()).as("%s was to change nothing", cause).isTrue();
            assertThat(after.item())
                    .as("entry %s of %s, evaluated on %s", entry, cause, before)
                    .isEqualTo(expected.after());
            cause.lsn = entry.lsn();
        } else {
            findDeleter(new DeleteEntry(entry.lsn(), change.key(), before.item()));
        }
        assertThat(after.timestampMicros())
                .as("the time of entry %s", entry)
                .isGreaterThan(before.item().isPresent() ? before.timestampMicros() : 0)
                .isGreaterThan(maxDeleteMicros);
        if (after.item().isEmpty()) {
            maxDeleteMicros = after.timestampMicros();
        }
        ofKey.add(after);
    }

    private List<Version> versionsOf(PlacementKey key) {
        List<Version> ofKey = versions.get(key);
        if (ofKey == null) {
            throw new AssertionError("unknown key " + key);
        }
        return ofKey;
    }

    /** Puts and updates leave their number in the item. */
    private Operation writerOf(Item item) {
        if (!(item.get("by") instanceof AttributeValue.N(var number))) {
            throw new AssertionError("nobody wrote " + item);
        }
        Operation cause = history.operations().get(number.value().intValueExact());
        assertThat(cause.lsn).as("%s took effect before", cause).isZero();
        return cause;
    }

    /**
     * A delete leaves no trace. Its answer names the item that it deleted, where there is one; of
     * those whose outcome is open any will do that fits, as long as each has one effect at most.
     */
    private void findDeleter(DeleteEntry entry) {
        List<Operation> open = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (fits(operation, entry)) {
                if (operation.response instanceof Written && operation.lsn == 0) {
                    operation.lsn = entry.lsn();
                    return;
                }
                open.add(operation);
            }
        }
        openDeleters.put(entry, open);
        assertThat(assign(entry, new HashSet<>())).as("who made the delete %s", entry).isTrue();
    }

    private static boolean fits(Operation operation, DeleteEntry entry) {
        if (!(operation.request instanceof Write write)
                || !write.key().equals(entry.key())
                || !(write.change() instanceof PartitionRequest.Change.Delete)) {
            return false;
        }
        Result result = evaluate(write, entry.before());
        return result.changes()
                && (mayHaveHappened(operation) || result.answer().equals(operation.response));
    }

    private static boolean mayHaveHappened(Operation operation) {
        return operation.response == null || operation.response instanceof Indeterminate;
    }

    /** One step of matching: gives the entry a deleter, moving others to other ones if need be. */
    private boolean assign(DeleteEntry entry, Set<Operation> tried) {
        for (Operation operation : openDeleters.getOrDefault(entry, List.of())) {
            if (mayHaveHappened(operation) && tried.add(operation)) {
                DeleteEntry other = deleted.get(operation);
                if (other == null || assign(other, tried)) {
                    deleted.put(operation, entry);
                    operation.lsn = entry.lsn();
                    return true;
                }
            }
        }
        return false;
    }

    /** The service's rules once more, in the plainest way. */
    private static Result evaluate(Write write, Optional<Item> before) {
        int beforeSize = before.map(ItemSize::of).orElse(0);
        boolean holds =
                write.condition().isEmpty()
                        || write.condition().get().matches(before.orElse(Item.EMPTY));
        if (!holds) {
            return new Result(new ConditionFailed(before, beforeSize), false, before);
        }
        Optional<Item> after;
        try {
            after =
                    switch (write.change()) {
                        case PartitionRequest.Change.Put(Item item) -> Optional.of(item);
                        case PartitionRequest.Change.Delete() -> Optional.empty();
                        case PartitionRequest.Change.Update(Item key, var update, var _) ->
                                Optional.ofNullable(update.apply(before.orElse(null), key));
                    };
        } catch (ApiException e) {
            return new Result(new Refused(e.error(), beforeSize), false, before);
        }
        Written written = new Written(before, after, beforeSize, after.map(ItemSize::of).orElse(0));
        return new Result(written, before.isPresent() || after.isPresent(), after);
    }

    // ---- The answers

    /** What has taken effect is answered so, or the answer leaves it open; and the reverse. */
    private static void checkEffect(Operation operation) {
        boolean mayHaveEffect =
                mayHaveHappened(operation)
                        || (operation.response != null && isChange(operation.response));
        assertThat(operation.lsn == 0 || mayHaveEffect)
                .as("%s took effect at %s", operation, operation.lsn)
                .isTrue();
        if (operation.response != null && isChange(operation.response)) {
            assertThat(operation.lsn).as("%s was lost", operation).isPositive();
            assertThat(operation.lsn)
                    .as("%s before it was committed", operation)
                    .isLessThanOrEqualTo(operation.committedLsn);
        }
    }

    private static boolean isChange(PartitionResponse response) {
        return response instanceof Written written
                && (written.before().isPresent() || written.after().isPresent());
    }

    private void checkRealTime() {
        List<Operation> done = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        for (Operation operation : history.inOrderOfAnswers()) {
            long floor = 0;
            for (int i = 0; i < done.size() && done.get(i).answeredAt < operation.invokedAt; i++) {
                floor = Math.max(floor, positions.get(i));
            }
            done.add(operation);
            positions.add(position(operation, floor));
        }
    }

    /** The earliest position that explains the answer, not before the floor; zero if any does. */
    private long position(Operation operation, long floor) {
        PartitionResponse response = operation.response;
        if (response == null) {
            throw new AssertionError("an answer that is none");
        }
        return switch (response) {
            case Written written when isChange(written) -> {
                assertThat(operation.lsn).as("%s, too late", operation).isGreaterThan(floor);
                checkAnswer(operation);
                yield operation.lsn;
            }
            case Written ignored -> positionOfUnchanged(operation, floor);
            case ConditionFailed ignored -> positionOfUnchanged(operation, floor);
            case Refused ignored -> positionOfUnchanged(operation, floor);
            case Got got -> {
                Get get = (Get) operation.request;
                long position =
                        position(
                                operation,
                                get.key(),
                                get.consistent() ? floor : 0,
                                item -> item.equals(got.item()));
                yield get.consistent() ? position : 0;
            }
            case Page page -> positionOfPage(operation, page, floor);
            case PartitionResponse.NotLeader ignored -> 0;
            case PartitionResponse.Unavailable ignored -> 0;
            case Indeterminate ignored -> 0;
            case PartitionResponse.Conflict _,
                    PartitionResponse.Finished _,
                    PartitionResponse.GotVersion _,
                    PartitionResponse.Untimely _,
                    PartitionResponse.NotHere _ ->
                    throw new AssertionError("nobody asked for that: " + operation);
        };
    }

    private void checkAnswer(Operation operation) {
        Write write = (Write) operation.request;
        Optional<Item> before = Optional.empty();
        for (Version version : versionsOf(write.key())) {
            if (version.lsn() < operation.lsn) {
                before = version.item();
            }
        }
        assertThat(operation.response).isEqualTo(evaluate(write, before).answer());
    }

    private long positionOfUnchanged(Operation operation, long floor) {
        Write write = (Write) operation.request;
        return position(
                operation,
                write.key(),
                floor,
                item -> {
                    Result result = evaluate(write, item);
                    return !result.changes() && result.answer().equals(operation.response);
                });
    }

    private long positionOfPage(Operation operation, Page page, long floor) {
        Map<PlacementKey, Item> read = new LinkedHashMap<>();
        for (Item item : page.items()) {
            if (!(item.get("pk") instanceof AttributeValue.S pk)) {
                throw new AssertionError("an item without a key in " + operation);
            }
            assertThat(read.put(PlacementKey.of(pk), item)).as("twice in %s", operation).isNull();
        }
        boolean consistent = ((Range) operation.request).consistent();
        long position = 0;
        for (PlacementKey key : keys) {
            Optional<Item> item = Optional.ofNullable(read.get(key));
            position =
                    Math.max(
                            position,
                            position(operation, key, consistent ? floor : 0, item::equals));
        }
        return consistent ? position : 0;
    }

    private long position(
            Operation operation, PlacementKey key, long floor, Predicate<Optional<Item>> explains) {
        List<Version> ofKey = versionsOf(key);
        for (int i = 0; i < ofKey.size(); i++) {
            Version version = ofKey.get(i);
            long until = i + 1 < ofKey.size() ? ofKey.get(i + 1).lsn() : Long.MAX_VALUE;
            boolean inTime = until > floor && version.lsn() <= operation.committedLsn;
            if (inTime && explains.test(version.item())) {
                return Math.max(version.lsn(), floor);
            }
        }
        throw new AssertionError(
                "no state from "
                        + floor
                        + " to "
                        + operation.committedLsn
                        + " explains "
                        + operation
                        + ": "
                        + ofKey);
    }

    // ---- The stores

    /** All replicas have the items and the state that follow from the log. */
    void checkReplica(ScriptedHost host) {
        assertThat(host.storedLsn).isEqualTo(log.size());
        assertThat(PartitionState.decode(host.state))
                .isEqualTo(new PartitionState(log.getLast().ballot(), maxDeleteMicros));
        SequencedMap<PlacementKey, Item> expected = new LinkedHashMap<>();
        for (PlacementKey key : keys) {
            versionsOf(key).getLast().item().ifPresent(item -> expected.put(key, item));
        }
        SequencedMap<PlacementKey, Item> stored = new LinkedHashMap<>();
        host.store.forEach((key, value) ->
                stored.put(StoreKey.placementKey(key), StoredItem.parse(value).item()));
        assertThat(stored).isEqualTo(expected);
    }
}
