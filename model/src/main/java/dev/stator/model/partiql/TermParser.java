package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.partiql.Term.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parser of expressions, from the loosest to the tightest binding: OR, AND, NOT, comparisons
 * (among them IS, IN, LIKE, BETWEEN), then sums, products, signs, and paths.
 */
final class TermParser {
    /** Expressions inside of one another; a bound for the stack of all that walks over them. */
    private static final int MAX_DEPTH = 200;

    /** Operators of a statement but for AND and OR, which do not nest; a bound as well. */
    private static final int MAX_OPERATORS = 300;

    /** Types that IS can name, and that are written as one word. */
    private static final Set<String> TYPES =
            Set.of(
                    "MISSING",
                    "NULL",
                    "BOOL",
                    "BOOLEAN",
                    "SMALLINT",
                    "INTEGER2",
                    "INT2",
                    "INTEGER4",
                    "INT4",
                    "INTEGER8",
                    "INT8",
                    "INTEGER",
                    "INT",
                    "BIGINT",
                    "FLOAT",
                    "REAL",
                    "DECIMAL",
                    "NUMERIC",
                    "TIMESTAMP",
                    "DATE",
                    "TIME",
                    "CHARACTER",
                    "CHAR",
                    "VARCHAR",
                    "STRING",
                    "SYMBOL",
                    "CLOB",
                    "BLOB",
                    "STRUCT",
                    "TUPLE",
                    "LIST",
                    "SEXP",
                    "BAG",
                    "ANY");

    private final TokenReader in;

    /** Reads what may stand after EXISTS and a parenthesis. */
    private final Supplier<Statement.Select> select;

    private int parameters;
    private int operators;
    private int depth;

    TermParser(TokenReader in, Supplier<Statement.Select> select) {
        this.in = in;
        this.select = select;
    }

    /** The question marks so far. */
    int parameters() {
        return parameters;
    }

    Term term() {
        if (++depth > MAX_DEPTH) {
            throw tooDeep();
        }
        Term term = or();
        depth--;
        return term;
    }

    private static ApiException tooDeep() {
        return Malformed.because("Expression is nested too deep");
    }

    private Term or() {
        Term left = and();
        while (in.isWord("OR")) {
            left = infix(Operator.OR, left, this::and);
        }
        return left;
    }

    private Term and() {
        Term left = not();
        while (in.isWord("AND")) {
            left = infix(Operator.AND, left, this::not);
        }
        return left;
    }

    private Term infix(Operator operator, Term left, Supplier<Term> right) {
        // Chains of AND and OR are taken apart in a loop, anything else by recursion.
        if (operator != Operator.AND && operator != Operator.OR) {
            countOperator();
        }
        Position position = in.take().position();
        requireRightSide();
        return new Term.Infix(operator, left, right.get(), position);
    }

    private void countOperator() {
        if (++operators > MAX_OPERATORS) {
            throw ApiException.validation(
                    "The expression contains too many operators; operator count: " + operators);
        }
    }

    private void requireRightSide() {
        if (in.isEnd()) {
            throw Malformed.because("Missing right-hand side expression of infix operator");
        }
    }

    private Term not() {
        if (!in.isWord("NOT")) {
            return comparison();
        }
        Position position = in.take().position();
        if (++depth > MAX_DEPTH) {
            throw tooDeep();
        }
        Term negated = not();
        depth--;
        return new Term.Not(negated, position);
    }

    private Term comparison() {
        Term left = concatenation();
        while (true) {
            Optional<Operator> operator = comparator();
            if (operator.isPresent()) {
                left = infix(operator.get(), left, this::concatenation);
                continue;
            }
            Term longer = predicate(left);
            if (longer == null) {
                return left;
            }
            left = longer;
        }
    }

    private Optional<Operator> comparator() {
        Token token = in.peek();
        if (token.isWord("LIKE")) {
            return Optional.of(Operator.LIKE);
        }
        if (token.kind() != Token.Kind.SYMBOL) {
            return Optional.empty();
        }
        return switch (token.text()) {
            case "=" -> Optional.of(Operator.EQUAL);
            case "<>", "!=" -> Optional.of(Operator.NOT_EQUAL);
            case "<" -> Optional.of(Operator.LESS);
            case "<=" -> Optional.of(Operator.LESS_OR_EQUAL);
            case ">" -> Optional.of(Operator.GREATER);
            case ">=" -> Optional.of(Operator.GREATER_OR_EQUAL);
            default -> Optional.empty();
        };
    }

    /** IS, IN and BETWEEN, with or without NOT; null if there is none of them. */
    private @Nullable Term predicate(Term left) {
        Token token = in.peek();
        if (token.isWord("IS")) {
            in.take();
            countOperator();
            boolean negated = in.skipWord("NOT");
            return negated(negated, new Term.Is(left, type(), token.position()));
        }
        boolean negated =
                token.isWord("NOT")
                        && (in.peekSecond().isWord("IN") || in.peekSecond().isWord("BETWEEN"));
        if (negated) {
            in.take();
        }
        if (in.skipWord("IN")) {
            countOperator();
            requireRightSide();
            return negated(negated, new Term.In(left, concatenation(), token.position()));
        }
        if (in.skipWord("BETWEEN")) {
            countOperator();
            requireRightSide();
            Term low = concatenation();
            if (!in.skipWord("AND")) {
                throw Malformed.because("Expected AND after BETWEEN");
            }
            requireRightSide();
            return negated(negated, new Term.Between(left, low, concatenation(), token.position()));
        }
        return null;
    }

    private static Term negated(boolean negated, Term term) {
        return negated ? new Term.Not(term, term.position()) : term;
    }

    private String type() {
        String type = in.peek().text().toUpperCase(Locale.ROOT);
        if (in.peek().kind() != Token.Kind.WORD) {
            throw noType();
        }
        if (type.equals("DOUBLE") && in.peekSecond().isWord("PRECISION")) {
            in.take();
            in.take();
            return "DOUBLE PRECISION";
        }
        if (!TYPES.contains(type)) {
            throw noType();
        }
        in.take();
        return type.equals("CHARACTER") && in.skipWord("VARYING") ? "CHARACTER VARYING" : type;
    }

    private static ApiException noType() {
        return Malformed.because("Expected type name");
    }

    private Term concatenation() {
        Term left = sum();
        while (in.isSymbol("||")) {
            left = infix(Operator.CONCATENATE, left, this::sum);
        }
        return left;
    }

    private Term sum() {
        Term left = product();
        while (in.isSymbol("+") || in.isSymbol("-")) {
            Operator operator = in.isSymbol("+") ? Operator.PLUS : Operator.MINUS;
            left = infix(operator, left, this::product);
        }
        return left;
    }

    private Term product() {
        Term left = signed();
        while (in.isSymbol("*") || in.isSymbol("/") || in.isSymbol("%")) {
            Operator operator =
                    switch (in.peek().text()) {
                        case "*" -> Operator.TIMES;
                        case "/" -> Operator.DIVIDE;
                        default -> Operator.MODULO;
                    };
            left = infix(operator, left, this::signed);
        }
        return left;
    }

    /** Signs become part of a number; there can be any number of them. */
    private Term signed() {
        Position position = in.peek().position();
        int signs = 0;
        boolean negative = false;
        while (in.isSymbol("+") || in.isSymbol("-")) {
            negative ^= in.take().text().equals("-");
            signs++;
        }
        Term term = primary();
        if (signs == 0) {
            return term;
        }
        if (term instanceof Term.Numeral(String digits, Position ofDigits)) {
            return new Term.Numeral(negative ? "-" + digits : digits, ofDigits);
        }
        return new Term.Signed(term, position);
    }

    private Term primary() {
        Token token = in.peek();
        return switch (token.kind()) {
            case STRING -> new Term.Text(in.take().text(), token.position());
            case NUMBER -> new Term.Numeral(in.take().text(), token.position());
            case QUOTED_NAME -> path();
            case WORD -> word(token);
            case SYMBOL -> symbol(token);
            case END -> throw Malformed.because("Unexpected term");
        };
    }

    private Term word(Token token) {
        String word = token.text().toUpperCase(Locale.ROOT);
        boolean isCall = in.peekSecond().isSymbol("(");
        return switch (word) {
            case "TRUE", "FALSE" -> new Term.Truth(word.equals("TRUE"), in.take().position());
            case "NULL" -> new Term.Null(in.take().position());
            case "MISSING" -> new Term.Missing(in.take().position());
            case "IS", "IN", "LIKE", "BETWEEN", "AND", "OR" ->
                    throw Malformed.because("Unexpected operator");
            // The rest of a misspelled SELECT is taken for a change of what is in a table.
            case "FROM" -> throw Malformed.noDataManipulation();
            default -> {
                if (isCall && !StatementParser.isClause(word)) {
                    yield call(token);
                }
                if (!token.isName()) {
                    throw Malformed.because("Unexpected keyword");
                }
                yield path();
            }
        };
    }

    private Term call(Token name) {
        in.take();
        in.take();
        String function = name.text().toLowerCase(Locale.ROOT);
        if (function.equals("exists") && in.isWord("SELECT")) {
            Statement.Select inner = select.get();
            in.expectSymbol(")", "RIGHT_PAREN");
            return new Term.Exists(inner, name.position());
        }
        List<Term> arguments = new ArrayList<>();
        if (in.isSymbol("*") && in.peekSecond().isSymbol(")")) {
            in.take();
        } else if (!in.isSymbol(")")) {
            arguments.addAll(terms());
        }
        in.expectSymbol(")", "RIGHT_PAREN");
        return new Term.Call(function, arguments, name.position());
    }

    private List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        do {
            terms.add(term());
        } while (in.skipSymbol(","));
        return terms;
    }

    private Term symbol(Token token) {
        return switch (token.text()) {
            case "?" -> new Term.Parameter(parameters++, in.take().position());
            case "(" -> group();
            case "[" -> {
                in.take();
                List<Term> elements = in.isSymbol("]") ? List.of() : terms();
                in.expectSymbol("]", "RIGHT_BRACKET");
                yield new Term.Sequence(elements, token.position());
            }
            case "<<" -> {
                in.take();
                List<Term> members = in.isSymbol(">>") ? List.of() : terms();
                in.expectSymbol(">>", "RIGHT_DOUBLE_ANGLE_BRACKET");
                yield new Term.Bag(members, token.position());
            }
            case "{" -> tuple();
            case "=", "<>", "!=", "<", "<=", ">", ">=", "||", "*", "/", "%" ->
                    throw Malformed.because("Unexpected operator");
            default -> throw Malformed.because("Unexpected term");
        };
    }

    private Term group() {
        Position position = in.take().position();
        if (in.isWord("SELECT")) {
            throw ApiException.validation("Unsupported operation: Select at " + position);
        }
        List<Term> elements = terms();
        in.expectSymbol(")", "RIGHT_PAREN");
        return elements.size() == 1 ? elements.getFirst() : new Term.Group(elements, position);
    }

    private Term tuple() {
        Position position = in.take().position();
        List<Term.Entry> entries = new ArrayList<>();
        if (!in.isSymbol("}")) {
            do {
                Term key = term();
                in.expectSymbol(":", "COLON");
                entries.add(new Term.Entry(key, term()));
            } while (in.skipSymbol(","));
        }
        in.expectSymbol("}", "RIGHT_CURLY");
        return new Term.Tuple(entries, position);
    }

    /** A name, and the steps that follow it. */
    Term.Path path() {
        Token first = in.peek();
        if (!first.isName()) {
            throw Malformed.noName();
        }
        in.take();
        List<Term.Step> steps = new ArrayList<>();
        while (in.isSymbol(".") || in.isSymbol("[")) {
            steps.add(in.take().isSymbol(".") ? dotStep() : bracketStep());
        }
        return new Term.Path(first.text(), steps, first.position());
    }

    private Term.Step dotStep() {
        if (in.skipSymbol("*")) {
            return new Term.Step.Wildcard(false);
        }
        if (!in.peek().isName()) {
            throw Malformed.because("Invalid path dot component");
        }
        return new Term.Step.Name(in.take().text());
    }

    private Term.Step bracketStep() {
        Term.Step step;
        if (in.skipSymbol("*")) {
            step = new Term.Step.Wildcard(true);
        } else if (in.peek().kind() == Token.Kind.STRING) {
            step = new Term.Step.Name(in.take().text());
        } else if (signed() instanceof Term.Numeral(String digits, Position position)) {
            step = new Term.Step.Index(digits, position);
        } else {
            throw Malformed.because("Invalid path component");
        }
        in.expectSymbol("]", "RIGHT_BRACKET");
        return step;
    }
}
