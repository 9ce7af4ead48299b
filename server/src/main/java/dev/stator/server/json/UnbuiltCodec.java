package dev.stator.server.json;

import dev.stator.core.operations.api.UnbuiltOperation;
import dev.stator.core.operations.api.UnbuiltRequest;
import dev.stator.core.operations.api.UnbuiltResponse;
import dev.stator.model.error.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The operations whose feature is not built. Of a request only what it is about is read, and
 * whether it has the members that it must have.
 */
final class UnbuiltCodec {
    private static final int NAME_LENGTH_MIN = 3;
    private static final int NAME_LENGTH_MAX = 255;

    private UnbuiltCodec() {}

    static UnbuiltRequest read(UnbuiltOperation operation, RequestReader in) {
        String tableName = null;
        String indexName = null;
        String resource = null;
        UnbuiltMembers members = new UnbuiltMembers();
        String resourceMember = resourceMember(operation);
        Set<String> present = new HashSet<>();
        in.beginRequest(operation.wireName() + "Input");
        String member;
        while ((member = in.nextMember()) != null) {
            present.add(member);
            switch (member) {
                case "TableName", "SourceTableName", "SourceTableArn" -> tableName = in.string();
                case "IndexName" -> indexName = in.string();
                default -> {
                    if (member.equals(resourceMember)) {
                        resource = in.string();
                    } else if (!members.read(member, in)) {
                        in.skip();
                    }
                }
            }
        }
        in.endRequest();
        if (isKinesis(operation)) {
            members.checkDestination(resource);
        }
        check(operation, tableName, present, members.violations());
        checkIndexName(operation, indexName);
        if (operation == UnbuiltOperation.EXPORT_TABLE_TO_POINT_IN_TIME) {
            tableName = resource;
        }
        return new UnbuiltRequest(
                operation,
                Optional.ofNullable(tableName),
                Optional.ofNullable(indexName),
                Optional.ofNullable(resource),
                members.enables());
    }

    /** Of an index that is too short or long a name, some operations tell in words of their own. */
    private static void checkIndexName(UnbuiltOperation operation, @Nullable String indexName) {
        boolean ofInsights =
                operation == UnbuiltOperation.DESCRIBE_CONTRIBUTOR_INSIGHTS
                        || operation == UnbuiltOperation.UPDATE_CONTRIBUTOR_INSIGHTS;
        int length = indexName == null ? NAME_LENGTH_MIN : indexName.length();
        if (ofInsights && (length < NAME_LENGTH_MIN || length > NAME_LENGTH_MAX)) {
            throw ApiException.validation(
                    "IndexName must be at least 3 characters long and at most 255 characters"
                            + " long");
        }
    }

    private static boolean isKinesis(UnbuiltOperation operation) {
        return switch (operation) {
            case ENABLE_KINESIS_STREAMING_DESTINATION,
                    DISABLE_KINESIS_STREAMING_DESTINATION,
                    UPDATE_KINESIS_STREAMING_DESTINATION ->
                    true;
            default -> false;
        };
    }

    /** The member that says what an operation is about, where that is no TableName. */
    private static String resourceMember(UnbuiltOperation operation) {
        return switch (operation) {
            case DESCRIBE_BACKUP, DELETE_BACKUP, RESTORE_TABLE_FROM_BACKUP -> "BackupArn";
            case EXPORT_TABLE_TO_POINT_IN_TIME -> "TableArn";
            case DESCRIBE_EXPORT -> "ExportArn";
            case DESCRIBE_IMPORT -> "ImportArn";
            case CREATE_GLOBAL_TABLE,
                    DESCRIBE_GLOBAL_TABLE,
                    UPDATE_GLOBAL_TABLE,
                    DESCRIBE_GLOBAL_TABLE_SETTINGS,
                    UPDATE_GLOBAL_TABLE_SETTINGS ->
                    "GlobalTableName";
            case PUT_RESOURCE_POLICY, GET_RESOURCE_POLICY, DELETE_RESOURCE_POLICY -> "ResourceArn";
            case DESCRIBE_STREAM,
                    GET_SHARD_ITERATOR,
                    ENABLE_KINESIS_STREAMING_DESTINATION,
                    DISABLE_KINESIS_STREAMING_DESTINATION,
                    UPDATE_KINESIS_STREAMING_DESTINATION ->
                    "StreamArn";
            case GET_RECORDS -> "ShardIterator";
            default -> "";
        };
    }

    /** The members that a request must have, TableName apart. */
    private static List<String> requiredMembers(UnbuiltOperation operation) {
        return switch (operation) {
            case CREATE_BACKUP -> List.of("BackupName");
            case RESTORE_TABLE_FROM_BACKUP -> List.of("TargetTableName", "BackupArn");
            case RESTORE_TABLE_TO_POINT_IN_TIME -> List.of("TargetTableName");
            case UPDATE_CONTINUOUS_BACKUPS -> List.of("PointInTimeRecoverySpecification");
            case EXPORT_TABLE_TO_POINT_IN_TIME -> List.of("TableArn", "S3Bucket");
            case IMPORT_TABLE ->
                    List.of("S3BucketSource", "InputFormat", "TableCreationParameters");
            case CREATE_GLOBAL_TABLE -> List.of("GlobalTableName", "ReplicationGroup");
            case UPDATE_GLOBAL_TABLE -> List.of("GlobalTableName", "ReplicaUpdates");
            case ENABLE_KINESIS_STREAMING_DESTINATION,
                    DISABLE_KINESIS_STREAMING_DESTINATION,
                    UPDATE_KINESIS_STREAMING_DESTINATION ->
                    List.of("StreamArn");
            case UPDATE_CONTRIBUTOR_INSIGHTS -> List.of("ContributorInsightsAction");
            case PUT_RESOURCE_POLICY -> List.of("ResourceArn", "Policy");
            case UPDATE_TIME_TO_LIVE -> List.of("TimeToLiveSpecification");
            case SEARCH_VECTORS -> List.of("IndexName", "SearchVector", "TopK");
            case GET_SHARD_ITERATOR -> List.of("StreamArn", "ShardId", "ShardIteratorType");
            default -> {
                String resource = resourceMember(operation);
                yield resource.isEmpty() ? List.of() : List.of(resource);
            }
        };
    }

    private static boolean requiresTable(UnbuiltOperation operation) {
        return switch (operation) {
            case LIST_BACKUPS,
                    LIST_EXPORTS,
                    LIST_IMPORTS,
                    LIST_GLOBAL_TABLES,
                    LIST_CONTRIBUTOR_INSIGHTS,
                    LIST_STREAMS,
                    IMPORT_TABLE,
                    RESTORE_TABLE_TO_POINT_IN_TIME ->
                    false;
            default -> resourceMember(operation).isEmpty() || isKinesis(operation);
        };
    }

    private static void check(
            UnbuiltOperation operation,
            @Nullable String tableName,
            Set<String> present,
            Violations ofMembers) {
        if (requiresTable(operation)) {
            TableNames.required(tableName);
        }
        Violations violations = new Violations();
        if (tableName != null) {
            TableNames.checkOfTable(tableName, violations);
        }
        for (String required : requiredMembers(operation)) {
            if (!present.contains(required)) {
                violations.addNull(lowerFirst(required));
            }
        }
        violations.addAll(ofMembers);
        violations.throwIfAny();
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static void write(UnbuiltResponse response, JsonGenerator out) {
        switch (response.operation()) {
            case LIST_BACKUPS -> writeNone("BackupSummaries", out);
            case LIST_EXPORTS -> writeNone("ExportSummaries", out);
            case LIST_IMPORTS -> writeNone("ImportSummaryList", out);
            case LIST_GLOBAL_TABLES -> writeNone("GlobalTables", out);
            case LIST_STREAMS -> writeNone("Streams", out);
            case LIST_CONTRIBUTOR_INSIGHTS -> writeNone("ContributorInsightsSummaries", out);
            case DESCRIBE_KINESIS_STREAMING_DESTINATION -> {
                StringsWriter.writeOptional("TableName", response.tableName(), out);
                writeNone("KinesisDataStreamDestinations", out);
            }
            case DESCRIBE_CONTRIBUTOR_INSIGHTS, UPDATE_CONTRIBUTOR_INSIGHTS -> {
                StringsWriter.writeOptional("TableName", response.tableName(), out);
                StringsWriter.writeOptional("IndexName", response.indexName(), out);
                out.writeStringProperty("ContributorInsightsStatus", "DISABLED");
            }
            case DELETE_RESOURCE_POLICY -> {}
            default -> throw new IllegalArgumentException("never answered: " + response);
        }
    }

    private static void writeNone(String list, JsonGenerator out) {
        out.writeArrayPropertyStart(list);
        out.writeEndArray();
    }
}
