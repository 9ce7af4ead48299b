package dev.stator.core.operations;

import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.DescribeTableResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;

/** Tells of a table, as auto-admin knows it (API reference, DescribeTable). */
final class DescribeTableOperation {
    private DescribeTableOperation() {}

    static void start(DescribeTableRequest request, OperationContext context) {
        String name = ControlPlane.tableName(context, request.tableName());
        ControlPlane.describe(
                context,
                new AdminRequest.DescribeTable(context.accountId(), name),
                (table, contents) ->
                        context.answer(
                                new DescribeTableResponse(
                                        TableDescriptions.at(context).describe(table, contents))));
    }
}
