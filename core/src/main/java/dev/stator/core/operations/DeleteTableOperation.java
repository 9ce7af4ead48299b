package dev.stator.core.operations;

import dev.stator.core.operations.api.DeleteTableRequest;
import dev.stator.core.operations.api.DeleteTableResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;

/** Deletes a table; it is DELETING in the answer (API reference, DeleteTable). */
final class DeleteTableOperation {
    private DeleteTableOperation() {}

    static void start(DeleteTableRequest request, OperationContext context) {
        String name = ControlPlane.tableName(context, request.tableName());
        ControlPlane.describe(
                context,
                new AdminRequest.DeleteTable(context.accountId(), name),
                (table, contents) ->
                        context.answer(
                                new DeleteTableResponse(
                                        TableDescriptions.at(context)
                                                .describeDeleted(table, contents))));
    }
}
