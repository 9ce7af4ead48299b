package dev.stator.core.operations;

import dev.stator.core.operations.api.ExecuteStatementRequest;
import dev.stator.core.operations.api.ExecuteStatementResponse;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.error.ApiException;
import dev.stator.model.partiql.BoundStatement;
import dev.stator.model.partiql.Statement;
import java.util.Optional;

/** Runs a statement (API reference, ExecuteStatement). */
final class ExecuteStatementOperation {
    private final ExecuteStatementRequest request;
    private final OperationContext context;
    private final ItemStatement.Manner manner;
    private final long binding;

    private ExecuteStatementOperation(ExecuteStatementRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
        StatementText text = request.statement();
        manner = ItemStatement.Manner.of(text, request.returnConsumedCapacity());
        binding = NextToken.binding(text.statement(), text.parameters());
    }

    static void start(ExecuteStatementRequest request, OperationContext context) {
        BoundStatement bound = bind(request.statement());
        new ExecuteStatementOperation(request, context).run(bound);
    }

    /**
     * Reads a statement; a parameter that is no value is refused before anything else.
     *
     * @throws ApiException (validation)
     */
    static BoundStatement bind(StatementText text) {
        text.badParameter()
                .ifPresent(error -> {
                    throw new ApiException(error);
                });
        return BoundStatement.bind(Statement.parse(text.statement()), text.parameters());
    }

    private void run(BoundStatement statement) {
        switch (statement) {
            case BoundStatement.Select select ->
                    SelectStatement.plan(select, manner.consistentRead(), context, this::select);
            case BoundStatement.Insert _, BoundStatement.Update _, BoundStatement.Delete _ ->
                    ItemStatement.ofWrite(
                            statement, context, write -> write.run(context, manner, this::answer));
            case BoundStatement.Exists _ -> throw onlyInTransactions();
        }
    }

    static ApiException onlyInTransactions() {
        return ApiException.validation(
                "EXISTS can only be used in ExecuteTransaction write requests.");
    }

    private void select(SelectStatement select) {
        Optional<ItemStatement> ofOneItem = select.ofOneItem();
        if (ofOneItem.isPresent()) {
            request.nextToken().ifPresent(token -> NextToken.decode(token, binding));
            ofOneItem.get().run(context, manner, this::answer);
            return;
        }
        select.read(
                new SelectStatement.Page(
                        manner.consistentRead(),
                        request.nextToken().map(token -> NextToken.decode(token, binding)),
                        request.limit(),
                        request.returnConsumedCapacity()),
                this::answer);
    }

    private void answer(StatementResult result) {
        context.answer(
                new ExecuteStatementResponse(
                        result.items(),
                        result.next().map(next -> next.encode(binding)),
                        result.next().flatMap(NextToken::lastKey),
                        result.consumedCapacity()));
    }
}
