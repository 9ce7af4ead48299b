package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement that has been read, and of which no more is known than that it can be read. */
public sealed interface Statement {

    /**
     * Reads a statement.
     *
     * @throws ApiException (validation) if this is none, or none of those that the service knows
     */
    static Statement parse(String text) {
        return StatementParser.parse(text);
    }

    /** What the statement is about. */
    Source source();

    /** Whether it changes nothing. */
    default boolean isRead() {
        return this instanceof Select;
    }

    /** The number of question marks in it. */
    int parameters();

    /** A table, or an index of one. */
    record Source(String table, Optional<String> index) {}

    /**
     * Reads items.
     *
     * @param columns empty for all attributes
     */
    record Select(
            List<Term> columns,
            Source source,
            Optional<Term> where,
            List<Ordering> orderBy,
            int parameters)
            implements Statement {
        public Select {
            columns = List.copyOf(columns);
            orderBy = List.copyOf(orderBy);
        }
    }

    /** A key of ORDER BY. */
    record Ordering(Term by, boolean descending) {}

    /** Creates an item. */
    record Insert(Source source, Term item, int parameters) implements Statement {}

    /** Changes an item. */
    record Update(
            Source source,
            List<Assignment> assignments,
            Optional<Term> where,
            Optional<Returning> returning,
            int parameters)
            implements Statement {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }

    /**
     * A part of SET or REMOVE.
     *
     * @param value null removes the target
     */
    record Assignment(Term target, @Nullable Term value) {}

    /** Deletes an item. */
    record Delete(
            Source source, Optional<Term> where, Optional<Returning> returning, int parameters)
            implements Statement {}

    /** Holds where an item meets a condition; only transactions have this. */
    record Exists(Select select) implements Statement {
        @Override
        public Source source() {
            return select.source();
        }

        @Override
        public int parameters() {
            return select.parameters();
        }
    }

    /** What a write returns. */
    enum Returning {
        ALL_OLD("ALL OLD"),
        ALL_NEW("ALL NEW"),
        MODIFIED_OLD("MODIFIED OLD"),
        MODIFIED_NEW("MODIFIED NEW");

        private final String words;

        Returning(String words) {
            this.words = words;
        }

        /** As statements write it. */
        public String words() {
            return words;
        }
    }
}
