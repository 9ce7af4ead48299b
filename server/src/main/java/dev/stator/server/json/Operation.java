package dev.stator.server.json;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.UnbuiltOperation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of the API that can be read, by the value of the X-Amz-Target header. */
public enum Operation {
    PUT_ITEM("PutItem", ValueWording.ENVELOPED),
    GET_ITEM("GetItem", ValueWording.BARE),
    UPDATE_ITEM("UpdateItem", ValueWording.ENVELOPED),
    DELETE_ITEM("DeleteItem", ValueWording.ENVELOPED),
    QUERY("Query", ValueWording.BARE),
    SCAN("Scan", ValueWording.OLDER),
    BATCH_GET_ITEM("BatchGetItem", ValueWording.BARE),
    BATCH_WRITE_ITEM("BatchWriteItem", ValueWording.OLDER),
    TRANSACT_GET_ITEMS("TransactGetItems", ValueWording.OLDER),
    TRANSACT_WRITE_ITEMS("TransactWriteItems", ValueWording.OLDER),
    EXECUTE_STATEMENT("ExecuteStatement", ValueWording.STATEMENT),
    BATCH_EXECUTE_STATEMENT("BatchExecuteStatement", ValueWording.STATEMENT),
    EXECUTE_TRANSACTION("ExecuteTransaction", ValueWording.STATEMENT),
    CREATE_TABLE("CreateTable"),
    DESCRIBE_TABLE("DescribeTable"),
    LIST_TABLES("ListTables"),
    DELETE_TABLE("DeleteTable"),
    UPDATE_TABLE("UpdateTable"),
    DESCRIBE_LIMITS("DescribeLimits"),
    DESCRIBE_ENDPOINTS("DescribeEndpoints"),
    DESCRIBE_TIME_TO_LIVE("DescribeTimeToLive"),
    DESCRIBE_CONTINUOUS_BACKUPS("DescribeContinuousBackups"),
    LIST_TAGS_OF_RESOURCE("ListTagsOfResource"),
    TAG_RESOURCE("TagResource"),
    UNTAG_RESOURCE("UntagResource"),
    CREATE_BACKUP(UnbuiltOperation.CREATE_BACKUP),
    DESCRIBE_BACKUP(UnbuiltOperation.DESCRIBE_BACKUP),
    DELETE_BACKUP(UnbuiltOperation.DELETE_BACKUP),
    LIST_BACKUPS(UnbuiltOperation.LIST_BACKUPS),
    RESTORE_TABLE_FROM_BACKUP(UnbuiltOperation.RESTORE_TABLE_FROM_BACKUP),
    UPDATE_CONTINUOUS_BACKUPS(UnbuiltOperation.UPDATE_CONTINUOUS_BACKUPS),
    RESTORE_TABLE_TO_POINT_IN_TIME(UnbuiltOperation.RESTORE_TABLE_TO_POINT_IN_TIME),
    EXPORT_TABLE_TO_POINT_IN_TIME(UnbuiltOperation.EXPORT_TABLE_TO_POINT_IN_TIME),
    DESCRIBE_EXPORT(UnbuiltOperation.DESCRIBE_EXPORT),
    LIST_EXPORTS(UnbuiltOperation.LIST_EXPORTS),
    IMPORT_TABLE(UnbuiltOperation.IMPORT_TABLE),
    DESCRIBE_IMPORT(UnbuiltOperation.DESCRIBE_IMPORT),
    LIST_IMPORTS(UnbuiltOperation.LIST_IMPORTS),
    CREATE_GLOBAL_TABLE(UnbuiltOperation.CREATE_GLOBAL_TABLE),
    DESCRIBE_GLOBAL_TABLE(UnbuiltOperation.DESCRIBE_GLOBAL_TABLE),
    LIST_GLOBAL_TABLES(UnbuiltOperation.LIST_GLOBAL_TABLES),
    UPDATE_GLOBAL_TABLE(UnbuiltOperation.UPDATE_GLOBAL_TABLE),
    DESCRIBE_GLOBAL_TABLE_SETTINGS(UnbuiltOperation.DESCRIBE_GLOBAL_TABLE_SETTINGS),
    UPDATE_GLOBAL_TABLE_SETTINGS(UnbuiltOperation.UPDATE_GLOBAL_TABLE_SETTINGS),
    DESCRIBE_TABLE_REPLICA_AUTO_SCALING(UnbuiltOperation.DESCRIBE_TABLE_REPLICA_AUTO_SCALING),
    UPDATE_TABLE_REPLICA_AUTO_SCALING(UnbuiltOperation.UPDATE_TABLE_REPLICA_AUTO_SCALING),
    ENABLE_KINESIS_STREAMING_DESTINATION(UnbuiltOperation.ENABLE_KINESIS_STREAMING_DESTINATION),
    DISABLE_KINESIS_STREAMING_DESTINATION(UnbuiltOperation.DISABLE_KINESIS_STREAMING_DESTINATION),
    DESCRIBE_KINESIS_STREAMING_DESTINATION(UnbuiltOperation.DESCRIBE_KINESIS_STREAMING_DESTINATION),
    UPDATE_KINESIS_STREAMING_DESTINATION(UnbuiltOperation.UPDATE_KINESIS_STREAMING_DESTINATION),
    DESCRIBE_CONTRIBUTOR_INSIGHTS(UnbuiltOperation.DESCRIBE_CONTRIBUTOR_INSIGHTS),
    LIST_CONTRIBUTOR_INSIGHTS(UnbuiltOperation.LIST_CONTRIBUTOR_INSIGHTS),
    UPDATE_CONTRIBUTOR_INSIGHTS(UnbuiltOperation.UPDATE_CONTRIBUTOR_INSIGHTS),
    PUT_RESOURCE_POLICY(UnbuiltOperation.PUT_RESOURCE_POLICY),
    GET_RESOURCE_POLICY(UnbuiltOperation.GET_RESOURCE_POLICY),
    DELETE_RESOURCE_POLICY(UnbuiltOperation.DELETE_RESOURCE_POLICY),
    UPDATE_TIME_TO_LIVE(UnbuiltOperation.UPDATE_TIME_TO_LIVE),
    SEARCH_VECTORS(UnbuiltOperation.SEARCH_VECTORS),
    LIST_STREAMS(UnbuiltOperation.LIST_STREAMS),
    DESCRIBE_STREAM(UnbuiltOperation.DESCRIBE_STREAM),
    GET_SHARD_ITERATOR(UnbuiltOperation.GET_SHARD_ITERATOR),
    GET_RECORDS(UnbuiltOperation.GET_RECORDS);

    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final String STREAMS_TARGET_PREFIX = "DynamoDBStreams_20120810.";
    private static final Map<String, Operation> BY_TARGET = new HashMap<>();

    static {
        for (Operation operation : values()) {
            BY_TARGET.put(operation.target(), operation);
        }
    }

    private final String wireName;
    private final ValueWording wording;
    private final Optional<UnbuiltOperation> unbuilt;

    /** An operation whose requests carry no attribute values. */
    Operation(String wireName) {
        this(wireName, ValueWording.BARE);
    }

    Operation(String wireName, ValueWording wording) {
        this.wireName = wireName;
        this.wording = wording;
        unbuilt = Optional.empty();
    }

    Operation(UnbuiltOperation unbuilt) {
        wireName = unbuilt.wireName();
        wording = ValueWording.BARE;
        this.unbuilt = Optional.of(unbuilt);
    }

    /** The value of X-Amz-Target that names the operation. */
    public String target() {
        return switch (this) {
            case LIST_STREAMS, DESCRIBE_STREAM, GET_SHARD_ITERATOR, GET_RECORDS ->
                    STREAMS_TARGET_PREFIX + wireName;
            default -> TARGET_PREFIX + wireName;
        };
    }

    /** Whether the operation does what the API says, and not only that there is nothing to do. */
    public boolean isBuilt() {
        return unbuilt.isEmpty();
    }

    /** The name in the API reference. */
    public String wireName() {
        return wireName;
    }

    /** The operation that the value of X-Amz-Target names; empty if there is none. */
    public static Optional<Operation> forTarget(@Nullable String target) {
        return target == null ? Optional.empty() : Optional.ofNullable(BY_TARGET.get(target));
    }

    ValueWording wording() {
        return wording;
    }

    ApiRequest read(RequestReader in) {
        return switch (this) {
            case PUT_ITEM -> PutItemCodec.read(in);
            case GET_ITEM -> GetItemCodec.read(in);
            case UPDATE_ITEM -> UpdateItemCodec.read(in);
            case DELETE_ITEM -> DeleteItemCodec.read(in);
            case QUERY -> QueryCodec.read(in);
            case SCAN -> ScanCodec.read(in);
            case BATCH_GET_ITEM -> BatchGetItemCodec.read(in);
            case BATCH_WRITE_ITEM -> BatchWriteItemCodec.read(in);
            case TRANSACT_GET_ITEMS -> TransactGetItemsCodec.read(in);
            case TRANSACT_WRITE_ITEMS -> TransactWriteItemsCodec.read(in);
            case EXECUTE_STATEMENT -> ExecuteStatementCodec.read(in);
            case BATCH_EXECUTE_STATEMENT -> BatchExecuteStatementCodec.read(in);
            case EXECUTE_TRANSACTION -> ExecuteTransactionCodec.read(in);
            case CREATE_TABLE -> CreateTableCodec.read(in);
            case DESCRIBE_TABLE -> DescribeTableCodec.read(in);
            case LIST_TABLES -> ListTablesCodec.read(in);
            case DELETE_TABLE -> DeleteTableCodec.read(in);
            case UPDATE_TABLE -> UpdateTableCodec.read(in);
            case DESCRIBE_LIMITS -> DescribeLimitsCodec.read(in);
            case DESCRIBE_ENDPOINTS -> DescribeEndpointsCodec.read(in);
            case DESCRIBE_TIME_TO_LIVE -> DescribeTimeToLiveCodec.read(in);
            case DESCRIBE_CONTINUOUS_BACKUPS -> DescribeContinuousBackupsCodec.read(in);
            case LIST_TAGS_OF_RESOURCE -> ListTagsOfResourceCodec.read(in);
            case TAG_RESOURCE -> TagResourceCodec.read(in);
            case UNTAG_RESOURCE -> UntagResourceCodec.read(in);
            case CREATE_BACKUP,
                    DESCRIBE_BACKUP,
                    DELETE_BACKUP,
                    LIST_BACKUPS,
                    RESTORE_TABLE_FROM_BACKUP,
                    UPDATE_CONTINUOUS_BACKUPS,
                    RESTORE_TABLE_TO_POINT_IN_TIME,
                    EXPORT_TABLE_TO_POINT_IN_TIME,
                    DESCRIBE_EXPORT,
                    LIST_EXPORTS,
                    IMPORT_TABLE,
                    DESCRIBE_IMPORT,
                    LIST_IMPORTS,
                    CREATE_GLOBAL_TABLE,
                    DESCRIBE_GLOBAL_TABLE,
                    LIST_GLOBAL_TABLES,
                    UPDATE_GLOBAL_TABLE,
                    DESCRIBE_GLOBAL_TABLE_SETTINGS,
                    UPDATE_GLOBAL_TABLE_SETTINGS,
                    DESCRIBE_TABLE_REPLICA_AUTO_SCALING,
                    UPDATE_TABLE_REPLICA_AUTO_SCALING,
                    ENABLE_KINESIS_STREAMING_DESTINATION,
                    DISABLE_KINESIS_STREAMING_DESTINATION,
                    DESCRIBE_KINESIS_STREAMING_DESTINATION,
                    UPDATE_KINESIS_STREAMING_DESTINATION,
                    DESCRIBE_CONTRIBUTOR_INSIGHTS,
                    LIST_CONTRIBUTOR_INSIGHTS,
                    UPDATE_CONTRIBUTOR_INSIGHTS,
                    PUT_RESOURCE_POLICY,
                    GET_RESOURCE_POLICY,
                    DELETE_RESOURCE_POLICY,
                    UPDATE_TIME_TO_LIVE,
                    SEARCH_VECTORS,
                    LIST_STREAMS,
                    DESCRIBE_STREAM,
                    GET_SHARD_ITERATOR,
                    GET_RECORDS ->
                    UnbuiltCodec.read(unbuilt.orElseThrow(), in);
        };
    }
}
