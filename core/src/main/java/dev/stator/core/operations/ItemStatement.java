package dev.stator.core.operations;

import dev.stator.core.operations.OperationContext.Outcome;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.StatementText;
import dev.stator.core.operations.api.WriteReturns;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.partiql.BoundStatement;
import dev.stator.model.partiql.Columns;
import dev.stator.model.partiql.KeyEqualities;
import dev.stator.model.partiql.Statement.Returning;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.validation.ValueRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A statement about one item of a table, ready to be run. */
final class ItemStatement {
    /** What an INSERT answers where there is such an item. */
    static final ApiError DUPLICATE =
            new ApiError.DuplicateItem("Duplicate primary key exists in table");

    private final TableReference reference;
    private final TableDescriptor table;
    private final Item key;
    private final Action action;

    private ItemStatement(
            TableReference reference, TableDescriptor table, Item key, Action action) {
        this.reference = reference;
        this.table = table;
        this.key = key;
        this.action = action;
    }

    /** What is done with the item. */
    private sealed interface Action {
        record Read(Optional<Columns> columns) implements Action {}

        /**
         * @param updated what an update that returns what it modified has changed
         */
        record Write(
                Change change,
                Optional<Condition> condition,
                ReturnValue returned,
                Optional<UpdateExpression> updated)
                implements Action {}
    }

    /** What running it takes and gives. */
    record Manner(
            boolean consistentRead,
            ReturnValuesOnConditionCheckFailure onFailure,
            ReturnConsumedCapacity returnConsumedCapacity) {
        static Manner of(StatementText text, ReturnConsumedCapacity returnConsumedCapacity) {
            return new Manner(
                    text.consistentRead(), text.returnValuesOnFailure(), returnConsumedCapacity);
        }
    }

    Item key() {
        return key;
    }

    TableDescriptor table() {
        return table;
    }

    TableReference reference() {
        return reference;
    }

    /** The read of the item with a key. */
    static ItemStatement read(
            TableReference reference, TableDescriptor table, Item key, Optional<Columns> columns) {
        return new ItemStatement(reference, table, key, new Action.Read(columns));
    }

    /** Finds the table of a write, and what it does there; errors end the operation. */
    static void ofWrite(
            BoundStatement statement, OperationContext context, Consumer<ItemStatement> then) {
        if (statement instanceof BoundStatement.Insert(var _, Item item)) {
            ValueRules.checkSize(item);
        }
        TableReference reference = TableReference.parse(statement.source().table());
        TableLookup.find(
                context, reference, table -> then.accept(ofWrite(statement, reference, table)));
    }

    private static ItemStatement ofWrite(
            BoundStatement statement, TableReference reference, TableDescriptor table) {
        if (statement.source().index().isPresent()) {
            throw ApiException.validation("This operation is not supported on an index");
        }
        Function<Optional<Condition>, KeyEqualities> split =
                where -> {
                    KeyAttributes key = KeyAttributes.of(table.key());
                    KeyEqualities equalities = KeyEqualities.of(where, key);
                    equalities.checkTypes(key);
                    return equalities;
                };
        return bind(statement, reference, table, split);
    }

    /** A transaction is cancelled by a key that is not right, whatever is wrong with it. */
    static ItemStatement inTransaction(
            BoundStatement statement, TableReference reference, TableDescriptor table) {
        Function<Optional<Condition>, KeyEqualities> split =
                where -> {
                    KeyAttributes key = KeyAttributes.of(table.key());
                    if (KeyEqualities.misfits(where, key)) {
                        throw StatementsInTransactions.misfit();
                    }
                    return KeyEqualities.ofWrite(where, key)
                            .orElseThrow(StatementsInTransactions::misfit);
                };
        return bind(statement, reference, table, split);
    }

    private static ItemStatement bind(
            BoundStatement statement,
            TableReference reference,
            TableDescriptor table,
            Function<Optional<Condition>, KeyEqualities> split) {
        return switch (statement) {
            case BoundStatement.Insert insert -> insert(insert, reference, table);
            case BoundStatement.Update update ->
                    update(update, where(split.apply(update.where()), table), reference, table);
            case BoundStatement.Delete delete ->
                    delete(delete, where(split.apply(delete.where()), table), reference, table);
            case BoundStatement.Select _, BoundStatement.Exists _ ->
                    throw new IllegalArgumentException("no write: " + statement);
        };
    }

    private static ItemStatement insert(
            BoundStatement.Insert insert, TableReference reference, TableDescriptor table) {
        Item item = insert.item();
        table.key().validateItem(item);
        IndexKeyRules.checkItem(table, item);
        Condition isNew = new Condition.AttributeNotExists(anyKey(table));
        return new ItemStatement(
                reference,
                table,
                table.key().keyOf(item),
                new Action.Write(
                        new Change.Put(item),
                        Optional.of(isNew),
                        ReturnValue.NONE,
                        Optional.empty()));
    }

    /** There has to be an item. */
    private static ItemStatement update(
            BoundStatement.Update statement,
            KeyEqualities where,
            TableReference reference,
            TableDescriptor table) {
        UpdateExpression update = statement.update();
        KeyAttributes.of(table.key()).refuseInUpdate(update);
        IndexKeyRules.checkUpdate(table, update);
        ScalarKeys.check(table, update.paths());
        Condition exists = new Condition.AttributeExists(anyKey(table));
        return new ItemStatement(
                reference,
                table,
                where.key(),
                new Action.Write(
                        new Change.Update(
                                where.key(), update, IndexKeyRules.written(table, update)),
                        where.condition()
                                .<Condition>map(rest -> new Condition.And(List.of(exists, rest)))
                                .or(() -> Optional.of(exists)),
                        returned(statement.returning()),
                        Optional.of(update)));
    }

    /** If there is no item, a condition is not looked at. */
    private static ItemStatement delete(
            BoundStatement.Delete statement,
            KeyEqualities where,
            TableReference reference,
            TableDescriptor table) {
        Condition isMissing = new Condition.AttributeNotExists(anyKey(table));
        return new ItemStatement(
                reference,
                table,
                where.key(),
                new Action.Write(
                        new Change.Delete(),
                        where.condition().map(rest -> new Condition.Or(List.of(isMissing, rest))),
                        returned(statement.returning()),
                        Optional.empty()));
    }

    private static DocumentPath anyKey(TableDescriptor table) {
        return DocumentPath.of(table.key().partitionKey().name());
    }

    private static KeyEqualities where(KeyEqualities where, TableDescriptor table) {
        table.key().validateKey(where.key());
        ScalarKeys.check(table, where.condition());
        return where;
    }

    private static ReturnValue returned(Optional<Returning> returning) {
        if (returning.isEmpty()) {
            return ReturnValue.NONE;
        }
        return switch (returning.get()) {
            case ALL_OLD -> ReturnValue.ALL_OLD;
            case ALL_NEW -> ReturnValue.ALL_NEW;
            case MODIFIED_OLD -> ReturnValue.UPDATED_OLD;
            case MODIFIED_NEW -> ReturnValue.UPDATED_NEW;
        };
    }

    /** A write as an action of a transaction. */
    BoundWrite bound(boolean itemOnFailure) {
        if (!(action instanceof Action.Write write)) {
            throw new IllegalStateException("no write");
        }
        return new BoundWrite(
                reference,
                table,
                key,
                Optional.of(write.change()),
                write.condition(),
                itemOnFailure);
    }

    /** Runs it; errors end the operation. */
    void run(OperationContext context, Manner manner, Consumer<StatementResult> then) {
        switch (action) {
            case Action.Read read -> read(read, context, manner, then);
            case Action.Write write -> write(write, context, manner, then);
        }
    }

    private void read(
            Action.Read read,
            OperationContext context,
            Manner manner,
            Consumer<StatementResult> then) {
        PartitionRequest.Get get =
                new PartitionRequest.Get(
                        table.key().placementKey(key),
                        manner.consistentRead(),
                        read.columns().map(Columns::projection));
        context.call(
                table,
                get.key(),
                get,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Served(
                                        PartitionResponse.Got(
                                                Optional<Item> item,
                                                int sizeBytes)) ->
                                then.accept(
                                        StatementResult.of(
                                                item.map(found -> row(read, found)),
                                                CapacityReport.of(
                                                        manner.returnConsumedCapacity(),
                                                        GetItemOperation.ofRead(
                                                                reference,
                                                                sizeBytes,
                                                                manner.consistentRead()))));
                        case Outcome.Served(PartitionResponse.Served response) ->
                                context.fail(
                                        new ApiError.InternalServerError(
                                                "A read was answered by a "
                                                        + response.getClass().getSimpleName()));
                        case Outcome.Failed(ApiError error, boolean ignored) -> context.fail(error);
                    }
                });
    }

    private static Item row(Action.Read read, Item found) {
        return read.columns().map(columns -> columns.of(found)).orElse(found);
    }

    private void write(
            Action.Write write,
            OperationContext context,
            Manner manner,
            Consumer<StatementResult> then) {
        WriteReturns returns =
                new WriteReturns(
                        write.returned(),
                        manner.returnConsumedCapacity(),
                        ReturnItemCollectionMetrics.NONE);
        ItemWrite itemWrite = new ItemWrite(context, reference, table, returns);
        if (write.change() instanceof Change.Put) {
            itemWrite.failingWith(DUPLICATE);
        }
        itemWrite.send(
                key,
                write.change(),
                write.condition(),
                manner.onFailure(),
                result ->
                        then.accept(
                                StatementResult.of(
                                        returned(write, result), result.consumedCapacity())));
    }

    private static Optional<Item> returned(Action.Write write, ItemWrite.Result result) {
        return switch (write.returned()) {
            case NONE -> Optional.empty();
            case ALL_OLD -> result.before();
            case ALL_NEW -> result.after();
            case UPDATED_OLD ->
                    write.updated().flatMap(u -> u.updated(result.before().orElse(null)));
            case UPDATED_NEW ->
                    write.updated().flatMap(u -> u.updated(result.after().orElse(null)));
        };
    }
}
