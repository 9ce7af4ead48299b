package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ConditionBuilder;
import dev.stator.model.expression.Operand;
import dev.stator.model.partiql.Term.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes the condition of a WHERE clause. */
final class ConditionTranslator {
    private final Literals literals;
    private final ConditionBuilder builder = ConditionBuilder.forStatement();

    private ConditionTranslator(Literals literals) {
        this.literals = literals;
    }

    /**
     * The condition that a term stands for.
     *
     * @throws ApiException (validation) if it is none, or one that can not be
     */
    static Condition translate(Term where, Literals literals) {
        ConditionTranslator translator = new ConditionTranslator(literals);
        Condition condition =
                translator.condition(
                        where,
                        "WHERE clause must contain an expression that resolves to a boolean");
        translator.builder.refuseAny();
        return condition;
    }

    /**
     * @param refusal what is said of something that is no condition
     */
    private Condition condition(Term term, String refusal) {
        return switch (term) {
            case Term.Infix infix -> infix(infix);
            case Term.Not(Term negated, Position _) -> {
                builder.count();
                yield new Condition.Not(
                        condition(negated, "The argument to NOT must be a Type or Expression"));
            }
            case Term.Between(Term value, Term low, Term high, Position _) ->
                    builder.between(operand(value), operand(low), operand(high));
            case Term.In in -> in(in);
            case Term.Is is -> is(is);
            case Term.Call call when !ConditionBuilder.givesValue(call.function()) -> test(call);
            case Term.Exists _ ->
                    throw ApiException.validation(
                            "EXISTS can only be used in ExecuteTransaction write requests.");
            default -> throw ApiException.validation(refusal);
        };
    }

    private Condition infix(Term.Infix term) {
        return switch (term.operator()) {
            case AND -> new Condition.And(chain(term));
            case OR -> new Condition.Or(chain(term));
            case EQUAL -> comparison(Comparator.EQ, term);
            case NOT_EQUAL -> comparison(Comparator.NE, term);
            case LESS -> comparison(Comparator.LT, term);
            case LESS_OR_EQUAL -> comparison(Comparator.LE, term);
            case GREATER -> comparison(Comparator.GT, term);
            case GREATER_OR_EQUAL -> comparison(Comparator.GE, term);
            case LIKE, CONCATENATE, PLUS, MINUS, TIMES, DIVIDE, MODULO -> throw unsupported(term);
        };
    }

    private static ApiException unsupported(Term term) {
        return ApiException.validation(
                "Unsupported operator in Condition Expression. Operator: " + term.kind());
    }

    /** All that the same operator holds together, from left to right. */
    private List<Condition> chain(Term.Infix last) {
        Deque<Term> terms = new ArrayDeque<>();
        Term rest = last;
        while (rest instanceof Term.Infix(Operator operator, Term left, Term right, Position _)
                && operator == last.operator()) {
            builder.count();
            terms.addFirst(right);
            rest = left;
        }
        terms.addFirst(rest);
        List<Condition> conditions = new ArrayList<>(terms.size());
        for (Term term : terms) {
            conditions.add(condition(term, "The arguments to AND/OR must be Expressions"));
        }
        return conditions;
    }

    private Condition comparison(Comparator comparator, Term.Infix term) {
        return builder.comparison(comparator, operand(term.left()), operand(term.right()));
    }

    private Condition in(Term.In in) {
        List<Term> candidates =
                switch (in.candidates()) {
                    case Term.Sequence(List<Term> elements, Position _) -> elements;
                    case Term.Bag(List<Term> members, Position _) -> members;
                    case Term.Group(List<Term> elements, Position _) -> elements;
                    // A single one in parentheses is not told from one without.
                    case Term.Text text -> List.of(text);
                    case Term.Numeral numeral -> List.of(numeral);
                    default -> List.of();
                };
        if (candidates.isEmpty()) {
            throw ApiException.validation(
                    "IN operator must have a left hand argument of type Variable Reference and"
                            + " right hand argument of type Seq with at least one member");
        }
        List<Operand> operands = new ArrayList<>(candidates.size());
        for (Term candidate : candidates) {
            operands.add(operand(candidate));
        }
        return builder.in(operand(in.value()), operands);
    }

    private Condition is(Term.Is is) {
        builder.count();
        if (is.type().equals("MISSING")) {
            if (!(is.value() instanceof Term.Path path)) {
                throw noSubject();
            }
            return new Condition.AttributeNotExists(Paths.of(path));
        }
        if (!(is.value() instanceof Term.Path) && !Literals.isValue(is.value())) {
            throw noSubject();
        }
        return new Condition.AttributeType(operand(is.value()), typeName(is.type()));
    }

    private static ApiException noSubject() {
        return ApiException.validation(
                "The left hand side argument to IS must be a Variable Reference, Literal, or Path");
    }

    private static String typeName(String type) {
        return switch (type) {
            case "NULL" -> "NULL";
            case "BOOL", "BOOLEAN" -> "BOOL";
            case "BLOB" -> "B";
            case "STRING" -> "S";
            case "NUMERIC" -> "N";
            case "STRUCT", "TUPLE" -> "M";
            case "LIST" -> "L";
            default ->
                    throw ApiException.validation(
                            "Unsupported data type for IS operator: "
                                    + type
                                    + ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB,"
                                    + " STRING, NUMERIC, STRUCT, TUPLE, LIST]");
        };
    }

    private Condition test(Term.Call call) {
        requireFunction(call);
        builder.count();
        return builder.test(call.function(), operands(call));
    }

    private static void requireFunction(Term.Call call) {
        if (!ConditionBuilder.isFunction(call.function())) {
            throw ApiException.validation(
                    "Unrecognized function: " + call.function() + " at " + call.position());
        }
    }

    private List<Operand> operands(Term.Call call) {
        List<Operand> operands = new ArrayList<>(call.arguments().size());
        for (Term argument : call.arguments()) {
            operands.add(operand(argument));
        }
        return operands;
    }

    /** A condition that something is compared with is a boolean. */
    private Operand operand(Term term) {
        return switch (term) {
            case Term.Path path -> new Operand.Path(Paths.of(path));
            case Term.Call call when ConditionBuilder.givesValue(call.function()) -> {
                builder.count();
                yield builder.size(operands(call));
            }
            case Term.Missing _ ->
                    throw ApiException.validation("MISSING must be compared using IS operator");
            case Term.Signed _, Term.Group _ -> throw unsupported(term);
            default ->
                    Literals.isValue(term)
                            ? new Operand.Constant(literals.value(term))
                            : new Operand.Truth(condition(term, "Unsupported token in expression"));
        };
    }
}
