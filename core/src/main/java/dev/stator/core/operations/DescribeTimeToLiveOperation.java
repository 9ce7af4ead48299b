package dev.stator.core.operations;

import dev.stator.core.operations.api.DescribeTimeToLiveRequest;
import dev.stator.core.operations.api.DescribeTimeToLiveResponse;
import dev.stator.core.operations.api.TimeToLiveStatus;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.TableStatus;
import java.util.Optional;

/**
 * Tells that items of a table do not expire (API reference, DescribeTimeToLive): nothing can make
 * them expire yet.
 */
final class DescribeTimeToLiveOperation {
    private DescribeTimeToLiveOperation() {}

    static void start(DescribeTimeToLiveRequest request, OperationContext context) {
        String name = ControlPlane.tableName(context, request.tableName());
        ControlPlane.call(
                context,
                new AdminRequest.DescribeTable(context.accountId(), name),
                table -> {
                    checkDescribable(table.status());
                    context.answer(
                            new DescribeTimeToLiveResponse(
                                    TimeToLiveStatus.DISABLED, Optional.empty()));
                });
    }

    private static void checkDescribable(TableStatus status) {
        if (status == TableStatus.CREATING || status == TableStatus.DELETING) {
            throw ApiException.validation(
                    "Cannot describe time to live while table is in "
                            + status
                            + " state: Current table state is "
                            + status);
        }
    }
}
