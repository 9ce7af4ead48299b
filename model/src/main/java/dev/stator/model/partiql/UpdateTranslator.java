package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.UpdateBuilder;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateOperand;
import dev.stator.model.partiql.Statement.Assignment;
import java.util.List;
import java.util.Locale;

/** Makes the update of SET and REMOVE. */
final class UpdateTranslator {
    private static final String SET_ADD = "set_add";
    private static final String SET_DELETE = "set_delete";
    private static final String LIST_APPEND = "list_append";

    private final Literals literals;
    private final UpdateBuilder builder = new UpdateBuilder();

    private UpdateTranslator(Literals literals) {
        this.literals = literals;
    }

    /**
     * The update that assignments stand for.
     *
     * @throws ApiException (validation) if it is one that can not be
     */
    static UpdateExpression translate(List<Assignment> assignments, Literals literals) {
        UpdateTranslator translator = new UpdateTranslator(literals);
        for (Assignment assignment : assignments) {
            translator.add(assignment);
        }
        return translator.builder.build();
    }

    private void add(Assignment assignment) {
        if (!(assignment.target() instanceof Term.Path target)) {
            throw ApiException.validation(
                    "Unrecognized assignment target: " + assignment.target().kind());
        }
        DocumentPath path = Paths.of(target);
        Term value = assignment.value();
        switch (value) {
            case null -> builder.remove(path);
            case Term.Call call when call.function().equals(SET_ADD) ->
                    builder.add(path, change(call, path));
            case Term.Call call when call.function().equals(SET_DELETE) ->
                    builder.delete(path, change(call, path));
            default -> builder.set(path, operand(value));
        }
    }

    /** The set that set_add or set_delete adds or removes. */
    private AttributeValue change(Term.Call call, DocumentPath target) {
        String function = call.function().toUpperCase(Locale.ROOT);
        if (call.arguments().size() != 2) {
            throw ApiException.validation(
                    function + " must have exactly two arguments at " + call.position());
        }
        Term set = call.arguments().getFirst();
        if (!(set instanceof Term.Path path) || !Paths.of(path).equals(target)) {
            throw ApiException.validation(
                    "The first argument to "
                            + function
                            + " must equal the assignment value at "
                            + call.position());
        }
        Term change = call.arguments().getLast();
        if (Literals.isValue(change)) {
            AttributeValue value = literals.value(change);
            if (isSet(value)) {
                return value;
            }
        }
        throw ApiException.validation(
                "The second argument to "
                        + function
                        + " must be a value with type SET at "
                        + set.position());
    }

    private static boolean isSet(AttributeValue value) {
        return switch (value) {
            case AttributeValue.StringSet _, AttributeValue.NumberSet _ -> true;
            case AttributeValue.BinarySet _ -> true;
            default -> false;
        };
    }

    private UpdateOperand operand(Term term) {
        return switch (term) {
            case Term.Path path -> new UpdateOperand.Path(Paths.of(path));
            case Term.Infix infix -> infix(infix);
            case Term.Call call when call.function().equals(LIST_APPEND) ->
                    builder.listAppend(call.arguments().stream().map(this::operand).toList());
            case Term.Call call ->
                    throw ApiException.validation(
                            "Unrecognized function: " + call.function() + " at " + call.position());
            case Term.Is _ ->
                    throw ApiException.validation(
                            "IS operator is not supported in update expressions");
            default -> {
                if (!Literals.isValue(term)) {
                    throw unsupported(term);
                }
                yield new UpdateOperand.Constant(literals.value(term));
            }
        };
    }

    private UpdateOperand infix(Term.Infix infix) {
        return switch (infix.operator()) {
            case PLUS -> builder.plus(operand(infix.left()), operand(infix.right()));
            case MINUS -> builder.minus(operand(infix.left()), operand(infix.right()));
            default -> throw unsupported(infix);
        };
    }

    private static ApiException unsupported(Term term) {
        return ApiException.validation(
                "Unsupported operator in Update Expression. Operator: " + term.kind());
    }
}
