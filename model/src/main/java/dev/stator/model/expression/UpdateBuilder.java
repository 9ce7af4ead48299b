package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.UpdateExpression.AddAction;
import dev.stator.model.expression.UpdateExpression.DeleteAction;
import dev.stator.model.expression.UpdateExpression.Origin;
import dev.stator.model.expression.UpdateExpression.RemoveAction;
import dev.stator.model.expression.UpdateExpression.SetAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the update of a statement, with the same rules for operands and paths as those of an
 * UpdateExpression.
 */
public final class UpdateBuilder {
    private static final int MAX_OPERATORS = 300;

    private final Problems problems = new Problems(ExpressionKind.STATEMENT);
    private final UpdateFunctions functions = new UpdateFunctions(problems);
    private final List<DocumentPath> targets = new ArrayList<>();
    private final List<SetAction> sets = new ArrayList<>();
    private final List<RemoveAction> removes = new ArrayList<>();
    private final List<AddAction> adds = new ArrayList<>();
    private final List<DeleteAction> deletes = new ArrayList<>();
    private int operators;

    public void set(DocumentPath path, UpdateOperand value) {
        targets.add(path);
        sets.add(new SetAction(path, value));
    }

    public void remove(DocumentPath path) {
        targets.add(path);
        removes.add(new RemoveAction(path));
    }

    /** Adds members to a set. */
    public void add(DocumentPath path, AttributeValue members) {
        targets.add(path);
        adds.add(new AddAction(path, members));
    }

    /** Removes members from a set. */
    public void delete(DocumentPath path, AttributeValue members) {
        targets.add(path);
        deletes.add(new DeleteAction(path, members));
    }

    public UpdateOperand plus(UpdateOperand left, UpdateOperand right) {
        count();
        return functions.arithmetic(TokenKind.PLUS, left, right);
    }

    public UpdateOperand minus(UpdateOperand left, UpdateOperand right) {
        count();
        return functions.arithmetic(TokenKind.MINUS, left, right);
    }

    public UpdateOperand listAppend(List<UpdateOperand> operands) {
        count();
        return functions.call(UpdateFunctions.LIST_APPEND, operands);
    }

    private void count() {
        operators++;
        if (operators == MAX_OPERATORS + 1) {
            problems.meaning(
                    "The expression contains too many operators; operator count: " + operators);
        }
    }

    /**
     * The update.
     *
     * @throws ApiException (validation) if an operand can not be one, or two paths collide
     */
    public UpdateExpression build() {
        problems.refuseAny();
        DisjointPaths disjoint = new DisjointPaths();
        for (DocumentPath target : targets.reversed()) {
            String problem = disjoint.add(target);
            if (problem != null) {
                throw problems.refusal(problem);
            }
        }
        return new UpdateExpression(Origin.STATEMENT, sets, removes, adds, deletes);
    }
}
