package dev.stator.core.transactions;

import dev.stator.core.transactions.LedgerRecord.State;
import dev.stator.core.transactions.TransactionPort.Reply;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiError;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableIdentity;
import dev.stator.model.table.TableSchema;
import dev.stator.model.table.TableSettings;
import dev.stator.model.table.TableStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of transactions: a table like others, of an account that nobody has, with a record for
 * each transaction (ATC'23, section 3.5). It is made by the first transaction of a cluster.
 *
 * <p>All changes of a record are conditional and may be made twice; so one whose outcome is unknown
 * is made again.
 */
final class TransactionLedger {
    /** Not the form of an account's number, so that no client can have it. */
    static final String ACCOUNT = "stator";

    static final String TABLE = "transactions";

    /** How often something is tried until the ledger counts as out of reach. */
    private static final int TRIES_MAX = 50;

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TransactionPort port;
    private @Nullable TableId table;

    /** What came of a change of a record. */
    sealed interface Result {
        record Done() implements Result {}

        /**
         * The condition did not hold.
         *
         * @param present the record as it is; empty where there is none
         */
        record Otherwise(Optional<LedgerRecord> present) implements Result {}

        record Unreachable(ApiError error) implements Result {}
    }

    TransactionLedger(TransactionPort port) {
        this.port = port;
    }

    /** The ledger's table, if it is known here. */
    Optional<TableId> table() {
        return Optional.ofNullable(table);
    }

    /** Looks for the table without making it. */
    void find(Consumer<Optional<TableId>> then) {
        port.findTable(
                ACCOUNT,
                TABLE,
                found -> {
                    found.filter(present -> present.status() == TableStatus.ACTIVE)
                            .ifPresent(present -> table = present.id());
                    then.accept(table());
                });
    }

    /** Writes that a transaction begins, unless another one under its key counts. */
    void begin(LedgerRecord record, long tokensUntilMillis, Consumer<Result> then) {
        Condition notOwn = new Condition.Not(isOf(record));
        Condition free =
                new Condition.Or(
                        List.of(
                                new Condition.AttributeNotExists(path(LedgerRecord.KEY)),
                                new Condition.And(
                                        List.of(
                                                is(State.FINISHED),
                                                changedBefore(tokensUntilMillis),
                                                notOwn)),
                                new Condition.And(List.of(isOf(record), is(State.BEGUN)))));
        put(record, free, then);
    }

    /** Takes the decision, or notes it once more. */
    void decide(LedgerRecord record, Consumer<Result> then) {
        Condition undecided =
                new Condition.And(
                        List.of(
                                isOf(record),
                                new Condition.Or(List.of(is(State.BEGUN), is(record.state())))));
        put(record, undecided, then);
    }

    /** Notes that a decided transaction is carried through. */
    void finish(LedgerRecord record, Consumer<Result> then) {
        Condition committed = new Condition.Or(List.of(is(State.COMMITTED), is(State.FINISHED)));
        put(record, new Condition.And(List.of(isOf(record), committed)), then);
    }

    /** Removes a record, if it is still as it was. */
    void remove(LedgerRecord record, Consumer<Result> then) {
        Condition same = new Condition.And(List.of(isOf(record), is(record.state())));
        change(record.key(), new Change.Delete(), same, then);
    }

    private void put(LedgerRecord record, Condition condition, Consumer<Result> then) {
        change(record.key(), new Change.Put(record.toItem()), condition, then);
    }

    private void change(String key, Change change, Condition condition, Consumer<Result> then) {
        PartitionRequest.Write write =
                new PartitionRequest.Write(
                        LedgerRecord.placement(key),
                        change,
                        Optional.of(condition),
                        false,
                        false,
                        true);
        ask(0, write, reply -> then.accept(result(reply)));
    }

    private static Result result(Reply reply) {
        return switch (reply) {
            case Reply.Served(PartitionResponse.Written _) -> new Result.Done();
            case Reply.Served(PartitionResponse.ConditionFailed(var item, var _)) ->
                    new Result.Otherwise(item.map(LedgerRecord::of));
            case Reply.Served(PartitionResponse.Refused(ApiError error, var _)) ->
                    new Result.Unreachable(error);
            case Reply.Failed(ApiError error, var _) -> new Result.Unreachable(error);
            case Reply.Served(var other) ->
                    throw new IllegalStateException("of the ledger: " + other);
            case Reply.Gone() -> throw new IllegalStateException("asked again where it is gone");
        };
    }

    /** Reads a record as it is now. Null is told where it cannot be read. */
    void read(String key, Consumer<@Nullable Optional<LedgerRecord>> then) {
        PartitionRequest.Get get =
                new PartitionRequest.Get(LedgerRecord.placement(key), true, Optional.empty());
        ask(
                0,
                get,
                reply ->
                        then.accept(
                                reply instanceof Reply.Served(PartitionResponse.Got got)
                                        ? got.item().map(LedgerRecord::of)
                                        : null));
    }

    private void ask(int tries, PartitionRequest request, Consumer<Reply> then) {
        TableId known = table;
        if (known == null) {
            make(tries, request, then);
            return;
        }
        PartitionRequest.OnItem write =
                request instanceof PartitionRequest.OnItem onItem ? onItem : null;
        var key = write == null ? ((PartitionRequest.Get) request).key() : write.key();
        port.call(
                known,
                key,
                request,
                reply -> {
                    switch (reply) {
                        case Reply.Served _ -> then.accept(reply);
                        case Reply.Failed _ -> againOr(reply, tries, request, then);
                        case Reply.Gone() -> {
                            table = null;
                            againOr(new Reply.Failed(UNREACHABLE, true), tries, request, then);
                        }
                    }
                });
    }

    private static final ApiError UNREACHABLE =
            new ApiError.ServiceUnavailable(
                    "The ledger of transactions cannot be reached. Nothing was done; try again.");

    private void againOr(Reply failure, int tries, PartitionRequest request, Consumer<Reply> then) {
        if (tries >= TRIES_MAX) {
            then.accept(failure);
        } else {
            port.after(WAIT_NANOS, () -> ask(tries + 1, request, then));
        }
    }

    private void make(int tries, PartitionRequest request, Consumer<Reply> then) {
        find(found -> {
            if (found.isPresent()) {
                ask(tries, request, then);
                return;
            }
            port.callAdmin(
                    new AdminRequest.CreateTable(wanted()),
                    (AdminResponse _) -> // That it is there already is as good.
                    againOr(new Reply.Failed(UNREACHABLE, true), tries, request, then));
        });
    }

    private TableDescriptor wanted() {
        long now = port.wallMillis();
        return new TableDescriptor(
                new TableIdentity(ACCOUNT, TABLE, TableId.NONE, now),
                TableStatus.CREATING,
                TableSchema.of(KeySchema.of(new KeyAttribute(LedgerRecord.KEY, ScalarType.S))),
                TableSettings.of(TableSettings.Billing.onDemand(now)),
                List.of());
    }

    private static DocumentPath path(String attribute) {
        return DocumentPath.of(attribute);
    }

    private static Condition compare(Comparator comparator, String name, AttributeValue value) {
        return new Condition.Comparison(
                comparator, new Operand.Path(path(name)), new Operand.Constant(value));
    }

    private static Condition is(State state) {
        return compare(Comparator.EQ, LedgerRecord.STATE, LedgerRecord.value(state));
    }

    private static Condition isOf(LedgerRecord record) {
        return compare(Comparator.EQ, LedgerRecord.ATTEMPT, LedgerRecord.value(record.attempt()));
    }

    private static Condition changedBefore(long millis) {
        return compare(Comparator.LT, LedgerRecord.CHANGED, LedgerRecord.value(millis));
    }
}
