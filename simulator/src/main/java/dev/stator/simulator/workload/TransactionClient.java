package dev.stator.simulator.workload;

import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.TransactGetItemsResponse;
import dev.stator.model.Item;
import dev.stator.model.error.CancellationReason;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import dev.stator.simulator.history.Sighting;
import dev.stator.simulator.history.Transaction;
import dev.stator.simulator.history.Transaction.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client of transactions: moves amounts between {@link Accounts}, changes some only while others
 * are as they were seen, reads all of them at one moment, and writes and reads single ones
 * meanwhile. Where it does not learn what became of a transaction that has a token, it asks for it
 * again.
 */
final class TransactionClient {
    private static final long THINK_NANOS_MAX = 60_000_000;
    private static final long RETRY_NANOS_MAX = 700_000_000;
    private static final int ATTEMPTS_MAX = 12;
    private static final int AMOUNT_MAX = 1_000;
    private static final int PARTS_MAX = 4;

    private final Workload workload;
    private final Accounts accounts;
    private final SplittableRandom random;
    private final Connection connection;
    private boolean busy;

    TransactionClient(Workload workload, Accounts accounts, int number) {
        this.workload = workload;
        this.accounts = accounts;
        this.random = workload.cluster().simulation().split();
        this.connection = new Connection(workload, random, number);
    }

    boolean isBusy() {
        return busy;
    }

    void start() {
        busy = false;
        workload.cluster().simulation().after(random.nextLong(THINK_NANOS_MAX), this::act);
    }

    private void act() {
        if (!workload.isRunning()) {
            return;
        }
        busy = true;
        int choice = random.nextInt(100);
        if (choice < 35) {
            transfer();
        } else if (choice < 50) {
            swap();
        } else if (choice < 70) {
            readAll();
        } else if (choice < 85) {
            writeOne();
        } else {
            readOne();
        }
    }

    private long now() {
        return workload.cluster().simulation().nowNanos();
    }

    // ---- Write transactions

    /** A request that was sent and may be sent again. */
    private final class Writing {
        private final String kind;
        private final List<ApiCalls.Write> writes;
        private final SequencedMap<ItemKey, Long> reads = new LinkedHashMap<>();
        private final List<ApiCalls.Check> checks = new ArrayList<>();
        private final Optional<String> token;
        private final long calledNanos = now();
        private int attempts;
        private boolean mayBeDone;

        Writing(String kind, List<ApiCalls.Write> writes) {
            this.kind = kind;
            this.writes = writes;
            long number = workload.newNumber();
            token = random.nextInt(3) == 0 ? Optional.empty() : Optional.of("token" + number);
        }

        void send() {
            attempts++;
            connection.send(kind, ApiCalls.transaction(writes, checks, token), this::answered);
        }

        private void answered(Connection.End end) {
            switch (end) {
                case Connection.End.Served _ -> {
                    if (mayBeDone) {
                        happened(RareEvent.TRANSACTION_REPEATED);
                    }
                    end(Ending.DONE, List.of());
                }
                case Connection.End.Canceled(List<CancellationReason> reasons) ->
                        end(mayBeDone ? Ending.UNKNOWN : Ending.NOT_DONE, reasons);
                case Connection.End.NothingDone(),
                        Connection.End.ConditionFailed(),
                        Connection.End.Refused _ ->
                        notNow();
                case Connection.End.Unknown() -> {
                    mayBeDone = true;
                    notNow();
                }
            }
        }

        private void notNow() {
            if (!mayBeDone) {
                end(Ending.NOT_DONE, List.of());
            } else if (token.isPresent() && attempts < ATTEMPTS_MAX) {
                workload.cluster().simulation().after(random.nextLong(RETRY_NANOS_MAX), this::send);
            } else {
                end(Ending.UNKNOWN, List.of());
            }
        }

        /**
         * @param reasons those of a cancellation, else none
         */
        private void end(Ending ending, List<CancellationReason> reasons) {
            SequencedMap<ItemKey, Long> made = new LinkedHashMap<>();
            for (int i = 0; i < writes.size(); i++) {
                ApiCalls.Write write = writes.get(i);
                made.put(write.key(), write.id());
                CancellationReason reason = reasons.isEmpty() ? null : reasons.get(i);
                ItemOutcome outcome = outcome(ending, reason);
                if (outcome != null) {
                    record(write.key(), write.id(), write.call(), outcome, calledNanos);
                }
                if (ending == Ending.DONE) {
                    workload.written(write);
                    sawOwn(write);
                }
            }
            if (ending == Ending.UNKNOWN) {
                accounts.outcomeUnknown();
            }
            transaction(kind, reads, made, ending);
            start();
        }

        private static @Nullable ItemOutcome outcome(
                Ending ending, @Nullable CancellationReason reason) {
            return switch (ending) {
                case DONE -> new ItemOutcome.Written(Optional.empty(), Optional.empty());
                case UNKNOWN -> new ItemOutcome.Unknown();
                case NOT_DONE ->
                        reason != null
                                        && reason.code()
                                                == CancellationReason.Code.CONDITIONAL_CHECK_FAILED
                                ? new ItemOutcome.ConditionFailed()
                                : null;
            };
        }
    }

    private void happened(RareEvent event) {
        workload.cluster().simulation().happened(event);
    }

    private void transaction(
            String kind,
            SequencedMap<ItemKey, Long> reads,
            SequencedMap<ItemKey, Long> writes,
            Ending ending) {
        workload.checkers().serializability().ended(new Transaction(kind, reads, writes, ending));
    }

    private void sawOwn(ApiCalls.Write write) {
        write.call().token().ifPresent(token -> accounts.saw(write.key(), token, write.id()));
    }

    private ApiCalls.Write writeOf(ItemKey key, OptionalLong added, Guard guard) {
        OptionalLong token = OptionalLong.of(workload.newToken());
        return workload.newWrite(key, new ItemCall.Update(token, added, guard));
    }

    /** What is added to one item is taken from others. */
    private void transfer() {
        List<ItemKey> keys = accounts.some(2 + random.nextInt(PARTS_MAX - 1), random);
        List<ApiCalls.Write> writes = new ArrayList<>();
        long sum = 0;
        for (ItemKey key : keys) {
            boolean isLast = writes.size() == keys.size() - 1;
            long added = isLast ? -sum : 1L + random.nextInt(AMOUNT_MAX);
            sum += added;
            writes.add(writeOf(key, OptionalLong.of(added), Guard.NONE));
        }
        new Writing("transfer", writes).send();
    }

    /** Changes some items if they and others are as they were last seen. */
    private void swap() {
        List<ItemKey> keys = accounts.some(2 + random.nextInt(PARTS_MAX - 1), random);
        int changed = 1 + random.nextInt(keys.size() - 1);
        List<ApiCalls.Write> writes = new ArrayList<>();
        for (ItemKey key : keys.subList(0, changed)) {
            writes.add(writeOf(key, OptionalLong.empty(), accounts.lastSeen(key).guard()));
        }
        Writing writing = new Writing("swap", writes);
        for (ItemKey key : keys) {
            writing.reads.put(key, accounts.lastSeen(key).version());
        }
        for (ItemKey key : keys.subList(changed, keys.size())) {
            Guard guard = accounts.lastSeen(key).guard();
            workload.checkers().prefix().checking(key, guard);
            writing.checks.add(new ApiCalls.Check(key, guard));
        }
        writing.send();
    }

    // ---- Reads

    private void readAll() {
        List<ItemKey> keys = accounts.current();
        long calledNanos = now();
        connection.send(
                "read all",
                ApiCalls.readTransaction(keys),
                end -> {
                    if (end instanceof Connection.End.Served(TransactGetItemsResponse response)) {
                        sawAll(keys, response.responses(), calledNanos);
                    }
                    start();
                });
    }

    private void sawAll(List<ItemKey> keys, List<Optional<Item>> items, long calledNanos) {
        SequencedMap<ItemKey, Long> reads = new LinkedHashMap<>();
        long sum = 0;
        for (int i = 0; i < keys.size(); i++) {
            ItemKey key = keys.get(i);
            items.get(i).ifPresent(item -> workload.checkers().origin().seen(key, item));
            Sighting sighting = Sighting.of(items.get(i));
            saw(key, sighting, calledNanos);
            reads.put(key, sighting.writeId());
            sum += sighting.image().count().orElse(0);
        }
        if (workload.checkers().guarantees().readsAreCurrent(calledNanos)) {
            workload.checkers().serializability().sum(keys, sum);
            transaction("read all", reads, new LinkedHashMap<>(), Ending.DONE);
        }
    }

    private void saw(ItemKey key, Sighting sighting, long calledNanos) {
        workload.sawConsistently(key, sighting, calledNanos);
        sighting.image().token().ifPresent(token -> accounts.saw(key, token, sighting.writeId()));
        record(
                key,
                workload.newNumber(),
                new ItemCall.Read(),
                new ItemOutcome.Seen(sighting.image()),
                calledNanos);
    }

    // ---- Single items

    private void writeOne() {
        ItemKey key = accounts.some(1, random).getFirst();
        ApiCalls.Write write = writeOf(key, OptionalLong.empty(), Guard.NONE);
        long calledNanos = now();
        connection.send(
                "write one",
                ApiCalls.write(write, ReturnValue.NONE, 0),
                end -> {
                    switch (end) {
                        case Connection.End.Served _ -> {
                            ended(write, Ending.DONE, calledNanos);
                            workload.written(write);
                            sawOwn(write);
                        }
                        case Connection.End.Unknown() -> {
                            accounts.outcomeUnknown();
                            ended(write, Ending.UNKNOWN, calledNanos);
                        }
                        case Connection.End.NothingDone(),
                                Connection.End.ConditionFailed(),
                                Connection.End.Canceled _,
                                Connection.End.Refused _ ->
                                ended(write, Ending.NOT_DONE, calledNanos);
                    }
                    start();
                });
    }

    private void ended(ApiCalls.Write write, Ending ending, long calledNanos) {
        ItemOutcome outcome = Writing.outcome(ending, null);
        if (outcome != null) {
            record(write.key(), write.id(), write.call(), outcome, calledNanos);
        }
        SequencedMap<ItemKey, Long> made = new LinkedHashMap<>();
        made.put(write.key(), write.id());
        transaction("write one", new LinkedHashMap<>(), made, ending);
    }

    private void readOne() {
        ItemKey key = accounts.some(1, random).getFirst();
        long calledNanos = now();
        connection.send(
                "read one",
                ApiCalls.get(key, workload.consistencyAsked()),
                end -> {
                    if (end instanceof Connection.End.Served(GetItemResponse response)) {
                        response.item()
                                .ifPresent(item -> workload.checkers().origin().seen(key, item));
                        Sighting sighting = Sighting.of(response.item());
                        saw(key, sighting, calledNanos);
                        if (workload.checkers().guarantees().readsAreCurrent(calledNanos)) {
                            SequencedMap<ItemKey, Long> reads = new LinkedHashMap<>();
                            reads.put(key, sighting.writeId());
                            transaction("read one", reads, new LinkedHashMap<>(), Ending.DONE);
                        }
                    }
                    start();
                });
    }

    private void record(
            ItemKey key, long number, ItemCall call, ItemOutcome outcome, long calledNanos) {
        boolean known = !(outcome instanceof ItemOutcome.Unknown);
        workload.checkers()
                .history()
                .add(
                        key,
                        new ItemOperation(
                                number,
                                call,
                                outcome,
                                calledNanos,
                                known ? now() : ItemOperation.NEVER));
    }
}
