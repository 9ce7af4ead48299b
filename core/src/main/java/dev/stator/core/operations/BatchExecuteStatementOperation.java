package dev.stator.core.operations;

import dev.stator.core.operations.api.BatchExecuteStatementRequest;
import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.partiql.BoundStatement;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs up to 25 statements, each about one item and each by itself: all of them are reads, or all
 * are writes (API reference, BatchExecuteStatement). What is wrong with one of them is said in its
 * place; the others run.
 */
final class BatchExecuteStatementOperation {
    private final BatchExecuteStatementRequest request;
    private final OperationContext context;
    private final List<Member> members = new ArrayList<>();

    private BatchExecuteStatementOperation(
            BatchExecuteStatementRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    /** One statement, and what has become of it. */
    private static final class Member {
        final StatementText text;
        @Nullable BoundStatement statement;
        @Nullable ItemStatement item;
        @Nullable StatementResult result;
        @Nullable ApiError error;

        Member(StatementText text) {
            this.text = text;
        }
    }

    static void start(BatchExecuteStatementRequest request, OperationContext context) {
        BatchExecuteStatementOperation operation =
                new BatchExecuteStatementOperation(request, context);
        operation.bind();
        FanOut.run(operation.members.size(), operation::find, operation::runAll);
    }

    private void bind() {
        Set<Boolean> kinds = new HashSet<>();
        for (StatementText text : request.statements()) {
            Member member = new Member(text);
            members.add(member);
            try {
                member.statement = ExecuteStatementOperation.bind(text);
                kinds.add(member.statement instanceof BoundStatement.Select);
            } catch (ApiException refused) {
                member.error = refused.error();
            }
        }
        if (kinds.size() > 1) {
            throw ApiException.validation(
                    "BatchExecuteStatement API does not support both read and write operations in"
                            + " the same request.");
        }
    }

    /** Finds the item that a statement is about. */
    private void find(int index, Runnable whenDone) {
        Member member = members.get(index);
        BoundStatement statement = member.statement;
        if (statement == null) {
            whenDone.run();
            return;
        }
        BatchMember of = failing(member, whenDone);
        of.step(() -> {
            switch (statement) {
                case BoundStatement.Select select ->
                        SelectStatement.plan(
                                select,
                                member.text.consistentRead(),
                                of,
                                planned -> {
                                    member.item = planned.ofOneItem().orElseThrow(this::needsKey);
                                    whenDone.run();
                                });
                case BoundStatement.Insert _, BoundStatement.Update _, BoundStatement.Delete _ ->
                        ItemStatement.ofWrite(
                                statement,
                                of,
                                found -> {
                                    member.item = found;
                                    whenDone.run();
                                });
                case BoundStatement.Exists _ ->
                        throw ExecuteStatementOperation.onlyInTransactions();
            }
        });
    }

    private ApiException needsKey() {
        return ApiException.validation(
                "Select statements within "
                        + context.operationName()
                        + " must specify the primary key in the where clause.");
    }

    private BatchMember failing(Member member, Runnable whenDone) {
        return new BatchMember(
                context,
                error -> {
                    member.error = error;
                    whenDone.run();
                });
    }

    private void runAll() {
        if (repeatsItems()) {
            // Not thrown: that would only end the member whose answer came last.
            context.fail(new ApiError.Validation(Messages.DUPLICATE_KEYS));
        } else {
            FanOut.run(members.size(), this::run, this::answer);
        }
    }

    private boolean repeatsItems() {
        record Place(TableId table, PlacementKey key) {}
        Set<Place> places = new HashSet<>();
        for (Member member : members) {
            ItemStatement item = member.item;
            if (item != null) {
                PlacementKey key = item.table().key().placementKey(item.key());
                if (!places.add(new Place(item.table().id(), key))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void run(int index, Runnable whenDone) {
        Member member = members.get(index);
        ItemStatement item = member.item;
        if (item == null) {
            whenDone.run();
            return;
        }
        BatchMember of = failing(member, whenDone);
        of.step(() ->
                item.run(
                        of,
                        ItemStatement.Manner.of(member.text, request.returnConsumedCapacity()),
                        result -> {
                            member.result = result;
                            whenDone.run();
                        }));
    }

    private void answer() {
        List<BatchExecuteStatementResponse.Of> responses = new ArrayList<>(members.size());
        List<ConsumedCapacity> consumed = new ArrayList<>();
        for (Member member : members) {
            Optional<StatementResult> result = Optional.ofNullable(member.result);
            responses.add(
                    new BatchExecuteStatementResponse.Of(
                            Optional.ofNullable(member.error).map(StatementErrors::of),
                            Optional.ofNullable(member.item).map(item -> item.reference().given()),
                            result.flatMap(of -> of.items().stream().findFirst())));
            result.flatMap(StatementResult::consumedCapacity).ifPresent(consumed::add);
        }
        context.answer(new BatchExecuteStatementResponse(responses, consumed));
    }
}
