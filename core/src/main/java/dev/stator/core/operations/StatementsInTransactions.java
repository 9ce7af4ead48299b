package dev.stator.core.operations;

import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.partiql.BoundStatement;
import dev.stator.model.partiql.Columns;
import dev.stator.model.partiql.KeyEqualities;
import dev.stator.model.partiql.ReadPlan;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.validation.ValueRules;
import java.util.List;
import java.util.Optional;

/** What statements may be in a transaction, and the actions that they are there. */
final class StatementsInTransactions {
    private StatementsInTransactions() {}

    /**
     * Checks what does not have to do with the key of the item.
     *
     * @return the statement
     * @throws ApiException (validation)
     */
    static BoundStatement check(BoundStatement statement, TableDescriptor table) {
        boolean ofIndex = statement.source().index().isPresent();
        switch (statement) {
            case BoundStatement.Select select -> {
                if (ofIndex) {
                    throw ApiException.validation(
                            "Reads on indices are not supported within transactions.");
                }
                checkRead(select, table);
            }
            case BoundStatement.Exists(BoundStatement.Select select) -> {
                if (ofIndex) {
                    throw ApiException.validation(
                            "Operations on indices are not supported in transactions");
                }
                checkExists(select, table);
            }
            case BoundStatement.Insert insert -> ValueRules.checkSize(insert.item());
            case BoundStatement.Update update ->
                    checkWrite(ofIndex, update.returning().isPresent());
            case BoundStatement.Delete delete ->
                    checkWrite(ofIndex, delete.returning().isPresent());
        }
        return statement;
    }

    private static void checkWrite(boolean ofIndex, boolean returns) {
        if (returns) {
            throw ApiException.validation(
                    "RETURNING clause is not supported in ExecuteTransaction.");
        }
        if (ofIndex) {
            throw ApiException.validation("This operation is not supported on an index");
        }
    }

    private static void checkRead(BoundStatement.Select select, TableDescriptor table) {
        KeyAttributes key = KeyAttributes.of(table.key());
        if (!KeyEqualities.misfits(select.where(), key)
                && ReadPlan.of(select.where(), key, select.orderBy()).onlyKey().isEmpty()) {
            throw ApiException.validation(
                    "Select statements within ExecuteTransaction must specify the primary key in"
                            + " the where clause.");
        }
        ScalarKeys.check(table, select.where());
        select.columns().ifPresent(columns -> ScalarKeys.check(table, columns.paths()));
    }

    private static void checkExists(BoundStatement.Select select, TableDescriptor table) {
        Optional<KeyEqualities> found =
                KeyEqualities.ofCheck(select.where(), KeyAttributes.of(table.key()));
        if (found.isEmpty() || found.get().condition().isEmpty()) {
            throw ApiException.validation(
                    "EXISTS() must contain a single item read with additional condition");
        }
        ScalarKeys.check(table, select.where());
    }

    /**
     * The read of the one item that a statement names.
     *
     * @throws ApiException (validation) if its key does not fit the table
     */
    static BoundRead read(
            BoundStatement.Select select, TableReference reference, TableDescriptor table) {
        KeyAttributes key = KeyAttributes.of(table.key());
        if (KeyEqualities.misfits(select.where(), key)) {
            throw misfit();
        }
        return new BoundRead(
                reference,
                table,
                ReadPlan.of(select.where(), key, List.of()).onlyKey().orElseThrow(),
                select.columns().map(Columns::projection));
    }

    /**
     * The write, or the check, of the one item that a statement names.
     *
     * @throws ApiException (validation) if its key does not fit the table, or the write what it is
     */
    static BoundWrite write(
            BoundStatement statement,
            ReturnValuesOnConditionCheckFailure onFailure,
            TableReference reference,
            TableDescriptor table) {
        boolean itemOnFailure = onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD;
        if (statement instanceof BoundStatement.Exists(BoundStatement.Select select)) {
            KeyEqualities equalities =
                    KeyEqualities.ofCheck(select.where(), KeyAttributes.of(table.key()))
                            .orElseThrow();
            table.key().validateKey(equalities.key());
            return new BoundWrite(
                    reference,
                    table,
                    equalities.key(),
                    Optional.empty(),
                    equalities.condition(),
                    itemOnFailure);
        }
        return ItemStatement.inTransaction(statement, reference, table).bound(itemOnFailure);
    }

    static ApiException misfit() {
        return ApiException.validation(Messages.KEY_SCHEMA_MISMATCH);
    }
}
