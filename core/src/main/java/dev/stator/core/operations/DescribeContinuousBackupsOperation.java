package dev.stator.core.operations;

import dev.stator.core.operations.api.DescribeContinuousBackupsRequest;
import dev.stator.core.operations.api.DescribeContinuousBackupsResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.model.error.ApiError;
import java.util.Optional;

/**
 * Tells that a table has no continuous backups (API reference, DescribeContinuousBackups): there is
 * no archive yet that one could restore from.
 */
final class DescribeContinuousBackupsOperation {
    private DescribeContinuousBackupsOperation() {}

    static void start(DescribeContinuousBackupsRequest request, OperationContext context) {
        String name = ControlPlane.tableName(context, request.tableName());
        ControlPlane.call(
                context,
                new AdminRequest.DescribeTable(context.accountId(), name),
                table ->
                        context.answer(
                                new DescribeContinuousBackupsResponse(false, Optional.empty())),
                error -> context.fail(inWordsOfBackups(error, name)));
    }

    /** Operations about backups have an error of their own for tables that are not there. */
    private static ApiError inWordsOfBackups(ApiError error, String tableName) {
        return error instanceof ApiError.ResourceNotFound
                ? new ApiError.TableNotFound("Table not found: " + tableName)
                : error;
    }
}
