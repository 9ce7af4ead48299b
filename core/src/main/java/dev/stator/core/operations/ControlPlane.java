package dev.stator.core.operations;

import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.TableContents;
import dev.stator.model.error.ApiError;
import dev.stator.model.table.TableDescriptor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Asks the control plane about one table; errors end the operation. */
final class ControlPlane {
    private ControlPlane() {}

    static void call(
            OperationContext context, AdminRequest request, Consumer<TableDescriptor> then) {
        call(context, request, then, context::fail);
    }

    /** As {@link #call}, for those who tell of the table also what is in it. */
    static void describe(
            OperationContext context,
            AdminRequest request,
            BiConsumer<TableDescriptor, TableContents> then) {
        ask(context, request, then, context::fail);
    }

    static void call(
            OperationContext context,
            AdminRequest request,
            Consumer<TableDescriptor> then,
            Consumer<ApiError> otherwise) {
        ask(context, request, (table, _) -> then.accept(table), otherwise);
    }

    private static void ask(
            OperationContext context,
            AdminRequest request,
            BiConsumer<TableDescriptor, TableContents> then,
            Consumer<ApiError> otherwise) {
        context.callAdmin(
                request,
                response -> {
                    switch (response) {
                        case AdminResponse.Table(TableDescriptor table, TableContents contents) ->
                                then.accept(table, contents);
                        case AdminResponse.Failed(ApiError error) -> otherwise.accept(error);
                        case AdminResponse.TableNames names -> unexpected(context, names);
                        case AdminResponse.NotLeader notLeader -> unexpected(context, notLeader);
                    }
                });
    }

    /** The name of a table that a request may ask the control plane about. */
    static String tableName(OperationContext context, String given) {
        TableReference reference = TableReference.parse(given);
        reference.checkControl(context);
        return reference.name();
    }

    static void unexpected(OperationContext context, AdminResponse response) {
        context.fail(
                new ApiError.InternalServerError(
                        "The control plane answered what was not asked: "
                                + response.getClass().getSimpleName()));
    }
}
