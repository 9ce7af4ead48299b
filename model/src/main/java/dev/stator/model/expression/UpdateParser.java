package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.expression.UpdateExpression.AddAction;
import dev.stator.model.expression.UpdateExpression.DeleteAction;
import dev.stator.model.expression.UpdateExpression.RemoveAction;
import dev.stator.model.expression.UpdateExpression.SetAction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parser of updates:
 *
 * <pre>
 * update  = section { section }
 * section = SET path "=" value { "," path "=" value } | REMOVE path { "," path }
 *         | ADD path :value { "," path :value } | DELETE path :value { "," path :value }
 * value   = operand [ ( "+" | "-" ) operand ] | "(" value ")"
 * operand = path | :value | name "(" operand { "," operand } ")" | "(" operand ")"
 * </pre>
 *
 * The service checks the meaning of the actions from the last to the first: all their paths, then
 * all their values.
 */
final class UpdateParser {
    private final ExpressionReader reader;
    private final Problems problems;
    private final UpdateFunctions functions;
    private final List<Action> actions = new ArrayList<>();
    private final Set<TokenKind> sections = EnumSet.noneOf(TokenKind.class);

    private UpdateParser(ExpressionReader reader) {
        this.reader = reader;
        this.problems = reader.problems();
        this.functions = new UpdateFunctions(problems);
    }

    /** An action and what is wrong with its path and value, if anything is. */
    private record Action(
            TokenKind section,
            DocumentPath path,
            @Nullable String pathProblem,
            @Nullable UpdateOperand value,
            @Nullable String valueProblem) {}

    /**
     * An operand of SET.
     *
     * @param isSum if so, no operator may follow
     */
    private record Term(UpdateOperand operand, boolean isSum, boolean isParenthesised) {}

    static UpdateExpression parse(ExpressionReader reader) {
        UpdateParser parser = new UpdateParser(reader);
        do {
            parser.section();
        } while (reader.peek() != TokenKind.END);
        parser.problems.refuseUsage();
        parser.refusePathProblems();
        parser.refuseValueProblems();
        return parser.update();
    }

    private void section() {
        TokenKind section = reader.peek();
        switch (section) {
            case SET, REMOVE, ADD, DELETE -> reader.skip();
            default -> throw reader.syntaxError();
        }
        do {
            action(section);
        } while (reader.skipIf(TokenKind.COMMA));
        // Found when the section has been read: what is wrong inside comes first.
        if (!sections.add(section)) {
            problems.usage(
                    reader.position(),
                    "The \""
                            + section.name()
                            + "\" section can only be used once in an update expression;");
        }
    }

    private void action(TokenKind section) {
        DocumentPath path = reader.path();
        String pathProblem = problems.takeMeaning();
        UpdateOperand value =
                switch (section) {
                    case SET -> {
                        reader.expect(TokenKind.EQUAL);
                        yield sum().operand();
                    }
                    case REMOVE -> null;
                    default -> functions.constant(section, reader.value());
                };
        actions.add(new Action(section, path, pathProblem, value, problems.takeMeaning()));
    }

    private Term sum() {
        Term left = reader.peek() == TokenKind.LEFT_PARENTHESIS ? group() : operand();
        TokenKind operator = reader.peek();
        if (left.isSum() || (operator != TokenKind.PLUS && operator != TokenKind.MINUS)) {
            return left;
        }
        int leftPosition = operandPosition;
        reader.skip();
        Term right = operand();
        functions.checkPlacement(left.operand(), leftPosition);
        functions.checkPlacement(right.operand(), operandPosition);
        return new Term(
                functions.arithmetic(operator, left.operand(), right.operand()), true, false);
    }

    private Term group() {
        reader.open();
        Term content = sum();
        reader.close();
        return parenthesised(content);
    }

    private Term parenthesised(Term content) {
        if (content.isParenthesised()) {
            throw problems.redundantParentheses();
        }
        return new Term(content.operand(), content.isSum(), true);
    }

    /** Where the operand begins that was read last. */
    private int operandPosition;

    private Term operand() {
        if (reader.peek() == TokenKind.LEFT_PARENTHESIS) {
            reader.open();
            Term content = operand();
            reader.close();
            return parenthesised(content);
        }
        int position = reader.position();
        UpdateOperand operand;
        if (reader.peek() == TokenKind.VALUE_REFERENCE) {
            operand = new UpdateOperand.Constant(reader.value());
        } else if (reader.isCall()) {
            operand = call();
        } else {
            operand = new UpdateOperand.Path(reader.path());
        }
        operandPosition = position;
        return new Term(operand, false, false);
    }

    private UpdateOperand call() {
        int position = reader.position();
        String function = reader.openCall();
        functions.checkName(function, position);
        List<UpdateOperand> operands = new ArrayList<>(2);
        do {
            operands.add(operand().operand());
            functions.checkPlacement(operands.getLast(), operandPosition);
        } while (reader.skipIf(TokenKind.COMMA));
        reader.closeCall();
        return functions.call(function, operands);
    }

    private void refusePathProblems() {
        DisjointPaths disjoint = new DisjointPaths();
        for (Action action : actions.reversed()) {
            String problem =
                    action.pathProblem != null ? action.pathProblem : disjoint.add(action.path);
            if (problem != null) {
                throw problems.refusal(problem);
            }
        }
    }

    private void refuseValueProblems() {
        for (Action action : actions.reversed()) {
            if (action.valueProblem != null) {
                throw problems.refusal(action.valueProblem);
            }
        }
    }

    private UpdateExpression update() {
        List<SetAction> sets = new ArrayList<>();
        List<RemoveAction> removes = new ArrayList<>();
        List<AddAction> adds = new ArrayList<>();
        List<DeleteAction> deletes = new ArrayList<>();
        for (Action action : actions) {
            if (action.value == null) {
                removes.add(new RemoveAction(action.path));
            } else if (action.section == TokenKind.SET) {
                sets.add(new SetAction(action.path, action.value));
            } else if (action.value instanceof UpdateOperand.Constant(AttributeValue value)) {
                if (action.section == TokenKind.ADD) {
                    adds.add(new AddAction(action.path, value));
                } else {
                    deletes.add(new DeleteAction(action.path, value));
                }
            }
        }
        return new UpdateExpression(
                UpdateExpression.Origin.EXPRESSION, sets, removes, adds, deletes);
    }
}
