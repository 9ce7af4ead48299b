package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.partiql.Statement.Returning;
import dev.stator.model.partiql.Statement.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement with its parameters, translated to what other requests are made of. What it means for
 * the table is not known yet.
 */
public sealed interface BoundStatement {

    /**
     * Binds a statement to its parameters.
     *
     * @throws ApiException (validation) if there are too few of them, or the statement can not be
     */
    static BoundStatement bind(Statement statement, List<AttributeValue> parameters) {
        if (parameters.size() < statement.parameters()) {
            throw ApiException.validation(
                    "Number of parameters in request and statement don't match.");
        }
        Literals literals = new Literals(parameters);
        return switch (statement) {
            case Statement.Select select -> select(select, literals);
            case Statement.Exists(Statement.Select select) -> new Exists(select(select, literals));
            case Statement.Insert insert ->
                    new Insert(insert.source(), literals.item(insert.item()));
            case Statement.Update update ->
                    new Update(
                            update.source(),
                            UpdateTranslator.translate(update.assignments(), literals),
                            condition(update.where(), literals),
                            update.returning());
            case Statement.Delete delete ->
                    new Delete(
                            delete.source(),
                            condition(delete.where(), literals),
                            onlyAllOld(delete.returning()));
        };
    }

    private static Select select(Statement.Select select, Literals literals) {
        return new Select(
                select.source(),
                select.columns().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Columns.of(select.columns())),
                condition(select.where(), literals),
                orderings(select.orderBy()));
    }

    private static Optional<Condition> condition(Optional<Term> where, Literals literals) {
        return where.map(term -> ConditionTranslator.translate(term, literals));
    }

    private static List<Ordering> orderings(List<Statement.Ordering> written) {
        List<Ordering> orderings = new ArrayList<>(written.size());
        for (Statement.Ordering ordering : written) {
            if (!(ordering.by() instanceof Term.Path path) || !path.steps().isEmpty()) {
                throw ApiException.validation(
                        "Argument to ORDER BY must be of type VariableReference. Type: "
                                + ordering.by().kind());
            }
            orderings.add(new Ordering(path.name(), ordering.descending()));
        }
        return orderings;
    }

    private static Optional<Returning> onlyAllOld(Optional<Returning> returning) {
        if (returning.isPresent() && returning.get() != Returning.ALL_OLD) {
            throw ApiException.validation(
                    "Invalid returning clause: RETURNING "
                            + returning.get().words()
                            + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
        }
        return returning;
    }

    /** What the statement is about. */
    Source source();

    /**
     * Reads items.
     *
     * @param columns empty for all attributes
     */
    record Select(
            Source source,
            Optional<Columns> columns,
            Optional<Condition> where,
            List<Ordering> orderBy)
            implements BoundStatement {
        public Select {
            orderBy = List.copyOf(orderBy);
        }
    }

    /** A key attribute of ORDER BY. */
    record Ordering(String attribute, boolean descending) {}

    /** Creates an item. */
    record Insert(Source source, Item item) implements BoundStatement {}

    /** Changes an item that there is. */
    record Update(
            Source source,
            UpdateExpression update,
            Optional<Condition> where,
            Optional<Returning> returning)
            implements BoundStatement {}

    /** Deletes an item. */
    record Delete(Source source, Optional<Condition> where, Optional<Returning> returning)
            implements BoundStatement {}

    /** Holds where an item meets a condition. */
    record Exists(Select select) implements BoundStatement {
        @Override
        public Source source() {
            return select.source();
        }
    }
}
