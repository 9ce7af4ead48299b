package dev.stator.core.operations;

import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Optional;

/** Lists the names of the account's tables in order (API reference, ListTables). */
final class ListTablesOperation {
    private ListTablesOperation() {}

    static void start(ListTablesRequest request, OperationContext context) {
        context.callAdmin(
                new AdminRequest.ListTables(
                        context.accountId(), request.exclusiveStartTableName(), request.limit()),
                response -> {
                    switch (response) {
                        case AdminResponse.TableNames(List<String> names, boolean more) ->
                                context.answer(
                                        new ListTablesResponse(
                                                names,
                                                more && !names.isEmpty()
                                                        ? Optional.of(names.getLast())
                                                        : Optional.empty()));
                        case AdminResponse.Failed(ApiError error) -> context.fail(error);
                        case AdminResponse.Table table -> ControlPlane.unexpected(context, table);
                        case AdminResponse.NotLeader notLeader ->
                                ControlPlane.unexpected(context, notLeader);
                    }
                });
    }
}
