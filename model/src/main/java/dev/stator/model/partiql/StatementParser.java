package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.partiql.Statement.Assignment;
import dev.stator.model.partiql.Statement.Ordering;
import dev.stator.model.partiql.Statement.Returning;
import dev.stator.model.partiql.Statement.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parser of statements:
 *
 * <pre>
 * SELECT (* | path {, path}) FROM table[.index] [WHERE condition]
 *        [ORDER BY key [ASC | DESC] {, key [ASC | DESC]}]
 * INSERT INTO table VALUE tuple
 * UPDATE table {SET path = value {, path = value} | REMOVE path {, path}} [WHERE condition]
 *        [RETURNING (ALL | MODIFIED) (OLD | NEW) *]
 * FROM table [WHERE condition] {SET … | REMOVE …} [RETURNING …]
 * DELETE FROM table [WHERE condition] [RETURNING …]
 * EXISTS(SELECT …)
 * </pre>
 */
final class StatementParser {
    /** The words that begin a clause; they are never the name of a function. */
    private static final Set<String> CLAUSES =
            Set.of("SELECT", "FROM", "WHERE", "ORDER", "SET", "REMOVE", "VALUE", "RETURNING");

    private static final Set<String> JOINS =
            Set.of("JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS");

    private final TokenReader in;
    private final TermParser terms;

    private StatementParser(TokenReader in) {
        this.in = in;
        terms = new TermParser(in, this::select);
    }

    static boolean isClause(String word) {
        return CLAUSES.contains(word);
    }

    static Statement parse(String text) {
        StatementParser parser = new StatementParser(new TokenReader(Tokens.of(text)));
        Statement statement = parser.statement();
        parser.in.skipSymbol(";");
        if (parser.in.peek().kind() != Token.Kind.END) {
            throw Malformed.leftOver();
        }
        return statement;
    }

    private Statement statement() {
        return switch (in.peek().text().toUpperCase(Locale.ROOT)) {
            case "SELECT" -> select();
            case "INSERT" -> insert();
            case "UPDATE" -> update();
            case "DELETE" -> delete();
            case "FROM" -> fromFirst();
            default -> other();
        };
    }

    /** What is none of the statements may still be an expression, and is refused as that. */
    private Statement other() {
        Term term = terms.term();
        if (term instanceof Term.Exists(Statement.Select select, Position _)) {
            return new Statement.Exists(select);
        }
        if (!in.isEnd()) {
            throw Malformed.leftOver();
        }
        throw ApiException.validation("Unsupported operation: " + term.kind());
    }

    private Statement.Select select() {
        in.take();
        if (in.isWord("VALUE") || in.isWord("PIVOT")) {
            throw ApiException.validation(
                    "Select projection doesn't support value or pivot keywords");
        }
        if (in.isWord("DISTINCT")) {
            throw unsupported(in.peek());
        }
        List<Term> columns = columns();
        if (!in.skipWord("FROM")) {
            throw Malformed.because("Expected FROM after SELECT list");
        }
        Source source = selectSource();
        Optional<Term> where = where();
        List<Ordering> orderBy = orderBy();
        for (String clause : List.of("LIMIT", "GROUP", "HAVING", "OFFSET")) {
            if (in.isWord(clause)) {
                throw unsupported(in.peek());
            }
        }
        return new Statement.Select(columns, source, where, orderBy, terms.parameters());
    }

    private static ApiException unsupported(Token clause) {
        return ApiException.validation(
                "Unsupported clause: "
                        + clause.text().toUpperCase(Locale.ROOT)
                        + " at "
                        + clause.position());
    }

    private List<Term> columns() {
        List<Term> columns = new ArrayList<>();
        boolean all = false;
        do {
            if (in.skipSymbol("*")) {
                all = true;
            } else {
                columns.add(terms.term());
                if (in.isWord("AS") || in.peek().isName()) {
                    throw aliased();
                }
            }
        } while (in.skipSymbol(","));
        if (all && !columns.isEmpty()) {
            throw Malformed.because(
                    "Other expressions may not be present in the select list when '*' is used");
        }
        return columns;
    }

    private static ApiException aliased() {
        return ApiException.validation("Aliasing is not supported");
    }

    private Source selectSource() {
        if (!in.peek().isName()) {
            // Whatever else can be read there is no table.
            terms.term();
            throw ApiException.validation("Unexpected from source");
        }
        Term.Path path = terms.path();
        refuseAlias();
        if (in.isSymbol(",") || JOINS.contains(in.peek().text().toUpperCase(Locale.ROOT))) {
            throw ApiException.validation("Only select from a single table or index is supported.");
        }
        return Sources.of(path);
    }

    private void refuseAlias() {
        if (in.isWord("AS") || in.isWord("AT") || in.isWord("BY") || in.peek().isName()) {
            throw aliased();
        }
    }

    private Optional<Term> where() {
        return in.skipWord("WHERE") ? Optional.of(terms.term()) : Optional.empty();
    }

    private List<Ordering> orderBy() {
        List<Ordering> orderings = new ArrayList<>();
        if (!in.isWord("ORDER")) {
            return orderings;
        }
        in.take();
        if (!in.skipWord("BY")) {
            throw Malformed.because("Expected BY after ORDER");
        }
        do {
            Term by = terms.term();
            boolean descending = in.skipWord("DESC");
            if (!descending) {
                in.skipWord("ASC");
            }
            orderings.add(new Ordering(by, descending));
        } while (in.skipSymbol(","));
        return orderings;
    }

    private Statement insert() {
        in.take();
        if (!in.skipWord("INTO")) {
            throw Malformed.because("Expected INTO");
        }
        Source source = Sources.ofInsert(terms.path());
        if (!in.skipWord("VALUE")) {
            if (in.isWord("VALUES")) {
                throw severalItems();
            }
            terms.term();
            if (!in.isEnd()) {
                throw Malformed.leftOver();
            }
            throw severalItems();
        }
        Term item = terms.term();
        if (in.isWord("RETURNING")) {
            throw ApiException.validation("RETURNING is not supported in INSERT");
        }
        if (in.isWord("ON")) {
            throw unsupported(in.peek());
        }
        return new Statement.Insert(source, item, terms.parameters());
    }

    private static ApiException severalItems() {
        return ApiException.validation(
                "Unsupported operation: Inserting multiple items in a single statement is not"
                        + " supported, use \"INSERT INTO tableName VALUE item\" instead");
    }

    private Statement update() {
        in.take();
        Source source = Sources.of(terms.path());
        refuseAlias();
        List<Assignment> assignments = assignments();
        Optional<Term> where = where();
        Optional<Returning> returning = returning();
        return new Statement.Update(source, assignments, where, returning, terms.parameters());
    }

    private Statement fromFirst() {
        in.take();
        Source source = Sources.of(terms.path());
        refuseAlias();
        Optional<Term> where = where();
        List<Assignment> assignments = assignments();
        Optional<Returning> returning = returning();
        return new Statement.Update(source, assignments, where, returning, terms.parameters());
    }

    private List<Assignment> assignments() {
        if (!in.isWord("SET") && !in.isWord("REMOVE")) {
            throw Malformed.noDataManipulation();
        }
        List<Assignment> assignments = new ArrayList<>();
        while (true) {
            if (in.skipWord("SET")) {
                do {
                    Term target = terms.path();
                    in.expectSymbol("=", "'=' in update assignment");
                    assignments.add(new Assignment(target, terms.term()));
                } while (in.skipSymbol(","));
            } else if (in.skipWord("REMOVE")) {
                do {
                    assignments.add(new Assignment(terms.path(), null));
                } while (in.skipSymbol(","));
            } else {
                return assignments;
            }
        }
    }

    private Statement delete() {
        in.take();
        if (!in.skipWord("FROM")) {
            throw Malformed.because("Expected FROM after DELETE");
        }
        Source source = Sources.of(terms.path());
        refuseAlias();
        Optional<Term> where = where();
        return new Statement.Delete(source, where, returning(), terms.parameters());
    }

    private Optional<Returning> returning() {
        if (!in.skipWord("RETURNING")) {
            return Optional.empty();
        }
        String words = (in.take().text() + ' ' + in.take().text()).toUpperCase(Locale.ROOT);
        for (Returning returning : Returning.values()) {
            if (returning.words().equals(words)) {
                if (!in.skipSymbol("*")) {
                    throw ApiException.validation(
                            "Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING"
                                    + " clause");
                }
                if (in.isSymbol(",")) {
                    throw ApiException.validation(
                            "Invalid syntax with multiple returning elements in RETURNING clause");
                }
                return Optional.of(returning);
            }
        }
        throw Malformed.because("Expected ( ALL | MODIFIED ) ( NEW | OLD ) in RETURNING clause");
    }
}
