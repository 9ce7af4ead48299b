package dev.stator.model.expression;

import static dev.stator.model.expression.OperandTypes.misplacedFunction;

import dev.stator.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parser of conditions, filters and key conditions:
 *
 * <pre>
 * or        = and { OR and }
 * and       = not { AND not }
 * not       = { NOT } predicate
 * predicate = term [ comparator operand | BETWEEN operand AND operand
 *                  | IN "(" operand { "," operand } ")" ]
 * term      = "(" or ")" | operand
 * operand   = path | :value | name "(" operand { "," operand } ")" | "(" operand ")"
 * </pre>
 *
 * What stands in parentheses may turn out to be a condition or an operand, so both are terms until
 * something needs one of the two. Every check of the operands of an operator is made when its last
 * operand has been read, which gives the errors the order that the service gives them.
 */
final class ConditionParser {
    private final ExpressionReader reader;
    private final Problems problems;
    private final ConditionBuilder operators;

    private ConditionParser(ExpressionReader reader) {
        this.reader = reader;
        this.problems = reader.problems();
        this.operators = new ConditionBuilder(problems);
    }

    static Condition parse(ExpressionReader reader) {
        ConditionParser parser = new ConditionParser(reader);
        Condition condition = parser.condition(parser.or());
        if (reader.peek() != TokenKind.END) {
            throw reader.syntaxError();
        }
        parser.problems.refuseAny();
        return condition;
    }

    /**
     * An operand or a condition; a call of a function can be both until it is seen how it is used.
     *
     * @param function the name, if this is a call
     * @param position where the term begins
     */
    private record Term(
            @Nullable Operand operand,
            @Nullable Condition condition,
            @Nullable String function,
            int position,
            boolean isParenthesised) {
        static Term of(Operand operand, int position) {
            return new Term(operand, null, null, position, false);
        }

        static Term of(Condition condition, int position) {
            return new Term(null, condition, null, position, false);
        }

        /** True if an operator may follow that needs an operand to its left. */
        boolean mayBeOperand() {
            return operand != null || function != null;
        }

        Term parenthesised() {
            return new Term(operand, condition, function, position, true);
        }
    }

    private Condition condition(Term term) {
        if (term.condition() != null) {
            return term.condition();
        }
        if (term.function() == null) {
            throw reader.syntaxError();
        }
        problems.usage(term.position(), misplacedFunction(term.function()));
        return new Condition.And(List.of());
    }

    private Operand operand(Term term) {
        if (term.operand() != null) {
            return term.operand();
        }
        if (term.function() == null) {
            throw reader.syntaxError();
        }
        problems.usage(term.position(), misplacedFunction(term.function()));
        return new Operand.Constant(AttributeValue.Null.INSTANCE);
    }

    private Term or() {
        Term first = and();
        if (reader.peek() != TokenKind.OR) {
            return first;
        }
        List<Condition> terms = new ArrayList<>();
        terms.add(condition(first));
        while (reader.skipIf(TokenKind.OR)) {
            terms.add(condition(and()));
            operators.count();
        }
        return Term.of(new Condition.Or(terms), first.position());
    }

    private Term and() {
        Term first = not();
        if (reader.peek() != TokenKind.AND) {
            return first;
        }
        List<Condition> terms = new ArrayList<>();
        terms.add(condition(first));
        while (reader.skipIf(TokenKind.AND)) {
            terms.add(condition(not()));
            operators.count();
        }
        return Term.of(new Condition.And(terms), first.position());
    }

    private Term not() {
        int position = reader.position();
        int negations = 0;
        while (reader.skipIf(TokenKind.NOT)) {
            negations++;
        }
        Term term = predicate();
        if (negations == 0) {
            return term;
        }
        Condition condition = condition(term);
        for (int i = 0; i < negations; i++) {
            operators.count();
            condition = new Condition.Not(condition);
        }
        return Term.of(condition, position);
    }

    private Term predicate() {
        Term left = reader.peek() == TokenKind.LEFT_PARENTHESIS ? group() : operandTerm();
        if (!left.mayBeOperand()) {
            return left;
        }
        return switch (reader.peek()) {
            case EQUAL -> comparison(Comparator.EQ, left);
            case NOT_EQUAL -> comparison(Comparator.NE, left);
            case LESS -> comparison(Comparator.LT, left);
            case LESS_OR_EQUAL -> comparison(Comparator.LE, left);
            case GREATER -> comparison(Comparator.GT, left);
            case GREATER_OR_EQUAL -> comparison(Comparator.GE, left);
            case BETWEEN -> between(left);
            case IN -> in(left);
            default -> left;
        };
    }

    private Term group() {
        reader.open();
        Term content = or();
        reader.close();
        if (content.condition() == null && content.function() == null && !operandMayEnd()) {
            throw reader.syntaxError();
        }
        return parenthesised(content);
    }

    /** True if what comes next can come after an operand to the left of an operator. */
    private boolean operandMayEnd() {
        return switch (reader.peek()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            case BETWEEN, IN, RIGHT_PARENTHESIS -> true;
            default -> false;
        };
    }

    private Term parenthesised(Term content) {
        if (content.isParenthesised()) {
            throw problems.redundantParentheses();
        }
        return content.parenthesised();
    }

    private Term comparison(Comparator comparator, Term leftTerm) {
        reader.skip();
        Operand left = operand(leftTerm);
        Operand right = operand(operandTerm());
        return Term.of(operators.comparison(comparator, left, right), leftTerm.position());
    }

    private Term between(Term valueTerm) {
        reader.skip();
        Operand value = operand(valueTerm);
        Operand low = operand(operandTerm());
        reader.expect(TokenKind.AND);
        Operand high = operand(operandTerm());
        return Term.of(operators.between(value, low, high), valueTerm.position());
    }

    private Term in(Term valueTerm) {
        reader.skip();
        Operand value = operand(valueTerm);
        reader.expect(TokenKind.LEFT_PARENTHESIS);
        List<Operand> candidates = new ArrayList<>();
        do {
            candidates.add(operand(operandTerm()));
        } while (reader.skipIf(TokenKind.COMMA));
        reader.expect(TokenKind.RIGHT_PARENTHESIS);
        return Term.of(operators.in(value, candidates), valueTerm.position());
    }

    private Term operandTerm() {
        int position = reader.position();
        if (reader.peek() == TokenKind.LEFT_PARENTHESIS) {
            reader.open();
            Term content = operandTerm();
            reader.close();
            return parenthesised(content);
        }
        if (reader.peek() == TokenKind.VALUE_REFERENCE) {
            return Term.of(new Operand.Constant(reader.value()), position);
        }
        return reader.isCall() ? call() : Term.of(new Operand.Path(reader.path()), position);
    }

    private Term call() {
        int position = reader.position();
        String function = reader.openCall();
        boolean isKnown = ConditionFunctions.isKnown(function);
        if (!isKnown) {
            problems.usage(position, ConditionFunctions.unknown(function));
        }
        List<Operand> operands = new ArrayList<>(2);
        do {
            operands.add(operand(operandTerm()));
        } while (reader.skipIf(TokenKind.COMMA));
        reader.closeCall();
        Term term = isKnown ? known(function, operands, position) : unknown(function, position);
        this.operators.count();
        return term;
    }

    private Term known(String function, List<Operand> operands, int position) {
        if (function.equals(ConditionFunctions.SIZE)) {
            Operand size = this.operators.size(operands);
            return new Term(size, null, function, position, false);
        }
        return new Term(null, this.operators.test(function, operands), function, position, false);
    }

    /** Stands in for whatever is needed: the name alone is the problem. */
    private static Term unknown(String function, int position) {
        return new Term(
                new Operand.Constant(AttributeValue.Null.INSTANCE),
                new Condition.And(List.of()),
                function,
                position,
                false);
    }
}
