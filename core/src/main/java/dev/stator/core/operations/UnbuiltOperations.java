package dev.stator.core.operations;

import dev.stator.core.operations.api.DescribeContinuousBackupsResponse;
import dev.stator.core.operations.api.UnbuiltOperation;
import dev.stator.core.operations.api.UnbuiltRequest;
import dev.stator.core.operations.api.UnbuiltResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers the operations of {@link UnbuiltOperation}: nothing is on, nothing of the kind exists,
 * and what would switch something on is refused.
 */
final class UnbuiltOperations {
    private final UnbuiltRequest request;
    private final OperationContext context;

    private UnbuiltOperations(UnbuiltRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
    }

    static void start(UnbuiltRequest request, OperationContext context) {
        new UnbuiltOperations(request, context).start();
    }

    private void start() {
        String resource = request.resource().orElse("");
        switch (request.operation()) {
            case LIST_BACKUPS, LIST_EXPORTS, LIST_IMPORTS, LIST_GLOBAL_TABLES, LIST_STREAMS ->
                    answer(Optional.empty());
            case DESCRIBE_BACKUP, DELETE_BACKUP, RESTORE_TABLE_FROM_BACKUP -> {
                checkArn(resource, "Backup", "/backup/");
                fail(new ApiError.BackupNotFound("Backup not found: " + resource));
            }
            case DESCRIBE_EXPORT -> {
                checkArn(resource, "Export", "/export/");
                fail(new ApiError.ExportNotFound("Export not found: " + resource));
            }
            case DESCRIBE_IMPORT -> {
                checkArn(resource, "Import", "/import/");
                fail(new ApiError.ImportNotFound("Import not found: " + resource));
            }
            case DESCRIBE_GLOBAL_TABLE,
                    UPDATE_GLOBAL_TABLE,
                    DESCRIBE_GLOBAL_TABLE_SETTINGS,
                    UPDATE_GLOBAL_TABLE_SETTINGS ->
                    fail(
                            new ApiError.GlobalTableNotFound(
                                    "Global table with name: '" + resource + "' does not exist."));
            case DESCRIBE_STREAM, GET_SHARD_ITERATOR ->
                    fail(
                            new ApiError.ResourceNotFound(
                                    Messages.RESOURCE_NOT_FOUND
                                            + ": Stream: "
                                            + resource
                                            + " not found"));
            case GET_RECORDS -> fail(new ApiError.Validation("Invalid ShardIterator"));
            case CREATE_GLOBAL_TABLE -> throw oldGlobalTables();
            case IMPORT_TABLE -> fail(unsupported());
            case LIST_CONTRIBUTOR_INSIGHTS -> listContributorInsights();
            case DESCRIBE_CONTRIBUTOR_INSIGHTS, UPDATE_CONTRIBUTOR_INSIGHTS ->
                    contributorInsights();
            case DESCRIBE_KINESIS_STREAMING_DESTINATION ->
                    ofTable(table -> answer(Optional.of(table.name())));
            case ENABLE_KINESIS_STREAMING_DESTINATION -> ofTable(this::refuse);
            case DISABLE_KINESIS_STREAMING_DESTINATION, UPDATE_KINESIS_STREAMING_DESTINATION ->
                    ofTable(this::noKinesisDestination);
            case DESCRIBE_TABLE_REPLICA_AUTO_SCALING, UPDATE_TABLE_REPLICA_AUTO_SCALING ->
                    fail(notGlobal());
            case PUT_RESOURCE_POLICY, GET_RESOURCE_POLICY, DELETE_RESOURCE_POLICY ->
                    resourcePolicy(resource);
            case UPDATE_TIME_TO_LIVE -> ofTable(this::timeToLive);
            case SEARCH_VECTORS ->
                    ofTable(table ->
                            fail(
                                    new ApiError.Validation(
                                            Messages.noSuchIndex(request.indexName().orElse("")))));
            case CREATE_BACKUP -> ofBackedUpTable(table -> fail(backupsUnavailable()));
            case UPDATE_CONTINUOUS_BACKUPS -> ofBackedUpTable(table -> updateContinuousBackups());
            case RESTORE_TABLE_TO_POINT_IN_TIME, EXPORT_TABLE_TO_POINT_IN_TIME ->
                    ofBackedUpTable(this::noPointInTimeRecovery);
        }
    }

    /** The service says so in every region since 2026. */
    private static ApiException oldGlobalTables() {
        return Refusal.invalid(
                "DynamoDB global tables version 2017.11.29 is not supported. We recommend using"
                        + " DynamoDB global tables version 2019.11.21, instead of version"
                        + " 2017.11.29 (Legacy).");
    }

    private static void checkArn(String arn, String what, String part) {
        if (!arn.startsWith("arn:") || !arn.contains(part)) {
            throw ApiException.validation("Invalid " + what + " ARN");
        }
    }

    private void answer(Optional<String> tableName) {
        context.answer(new UnbuiltResponse(request.operation(), tableName, request.indexName()));
    }

    private void fail(ApiError error) {
        context.fail(error);
    }

    private ApiError unsupported() {
        return Refusal.unsupported(request.operation().wireName()).error();
    }

    private void refuse(TableDescriptor table) {
        fail(unsupported());
    }

    /** Goes on where there is the table that the request names. */
    private void ofTable(Consumer<TableDescriptor> then) {
        ofTable(request.tableName().orElse(""), then);
    }

    private void ofTable(String given, Consumer<TableDescriptor> then) {
        String name = ControlPlane.tableName(context, given);
        ControlPlane.call(context, new AdminRequest.DescribeTable(context.accountId(), name), then);
    }

    /** The same for operations about backups, which have an error of their own. */
    private void ofBackedUpTable(Consumer<TableDescriptor> then) {
        String name = ControlPlane.tableName(context, request.tableName().orElse(""));
        ControlPlane.call(
                context,
                new AdminRequest.DescribeTable(context.accountId(), name),
                then,
                error ->
                        fail(
                                error instanceof ApiError.ResourceNotFound
                                        ? new ApiError.TableNotFound("Table not found: " + name)
                                        : error));
    }

    private static ApiError backupsUnavailable() {
        return new ApiError.ContinuousBackupsUnavailable(
                "Backups have not yet been enabled for this table");
    }

    private void updateContinuousBackups() {
        if (request.enables()) {
            fail(backupsUnavailable());
        } else {
            context.answer(new DescribeContinuousBackupsResponse(false, Optional.empty()));
        }
    }

    private void noPointInTimeRecovery(TableDescriptor table) {
        fail(
                new ApiError.PointInTimeRecoveryUnavailable(
                        "Point in time recovery is not enabled for table '" + table.name() + "'"));
    }

    private void listContributorInsights() {
        if (request.tableName().isPresent()) {
            ofTable(table -> answer(Optional.empty()));
        } else {
            answer(Optional.empty());
        }
    }

    private void contributorInsights() {
        ofTable(table -> {
            Optional<String> index = request.indexName();
            if (index.isPresent() && table.schema().index(index.get()).isEmpty()) {
                fail(
                        new ApiError.ResourceNotFound(
                                Messages.RESOURCE_NOT_FOUND
                                        + ": Index: "
                                        + index.get()
                                        + " not found for table: "
                                        + table.name()));
            } else if (request.enables()) {
                fail(unsupported());
            } else {
                answer(Optional.of(table.name()));
            }
        });
    }

    private ApiError notGlobal() {
        String name = ControlPlane.tableName(context, request.tableName().orElse(""));
        return new ApiError.ResourceNotFound(
                "Global table with name: '" + name + "' does not exist.");
    }

    /** No destination was ever enabled; the words are the service's own. */
    private void noKinesisDestination(TableDescriptor table) {
        String state = "Table is not in a valid state to enable Kinesis Streaming Destination: ";
        fail(
                new ApiError.Validation(
                        request.operation()
                                        == UnbuiltOperation.DISABLE_KINESIS_STREAMING_DESTINATION
                                ? state
                                        + "KinesisStreamingDestination must be ACTIVE to perform"
                                        + " DISABLE operation."
                                : state
                                        + "Kinesis streaming is not in ACTIVE state. Updates are"
                                        + " only allowed in ACTIVE state. TableName: "
                                        + table.name()
                                        + ", kdsArn: "
                                        + request.resource().orElse("")));
    }

    private void resourcePolicy(String resourceArn) {
        TableReference reference = ResourceArns.table(resourceArn);
        if (!reference.isOfRegion(context)) {
            throw Refusal.invalid("Invalid resource Arn: " + resourceArn);
        }
        if (!reference.accountId().equals(context.accountId())) {
            throw ApiException.validation(
                    "This action is only supported by accounts that match the resource owner\u2019s"
                            + " account.");
        }
        ofTable(
                reference.name(),
                table -> {
                    switch (request.operation()) {
                        case PUT_RESOURCE_POLICY -> fail(unsupported());
                        case DELETE_RESOURCE_POLICY -> answer(Optional.empty());
                        default ->
                                fail(
                                        new ApiError.PolicyNotFound(
                                                "Resource-based policy not found for the provided"
                                                        + " ResourceArn: "
                                                        + resourceArn));
                    }
                });
    }

    private void timeToLive(TableDescriptor table) {
        if (request.enables()) {
            fail(unsupported());
        } else {
            throw ApiException.validation("TimeToLive is already disabled");
        }
    }
}
