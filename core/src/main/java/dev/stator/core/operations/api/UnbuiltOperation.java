package dev.stator.core.operations.api;

/**
 * Operations of features that this server does not have. They answer as the service does where a
 * feature is off or nothing of the kind exists, and refuse to switch anything on. An operation
 * leaves this list when its feature is built.
 */
public enum UnbuiltOperation {
    CREATE_BACKUP("CreateBackup"),
    DESCRIBE_BACKUP("DescribeBackup"),
    DELETE_BACKUP("DeleteBackup"),
    LIST_BACKUPS("ListBackups"),
    RESTORE_TABLE_FROM_BACKUP("RestoreTableFromBackup"),
    UPDATE_CONTINUOUS_BACKUPS("UpdateContinuousBackups"),
    RESTORE_TABLE_TO_POINT_IN_TIME("RestoreTableToPointInTime"),
    EXPORT_TABLE_TO_POINT_IN_TIME("ExportTableToPointInTime"),
    DESCRIBE_EXPORT("DescribeExport"),
    LIST_EXPORTS("ListExports"),
    IMPORT_TABLE("ImportTable"),
    DESCRIBE_IMPORT("DescribeImport"),
    LIST_IMPORTS("ListImports"),
    CREATE_GLOBAL_TABLE("CreateGlobalTable"),
    DESCRIBE_GLOBAL_TABLE("DescribeGlobalTable"),
    LIST_GLOBAL_TABLES("ListGlobalTables"),
    UPDATE_GLOBAL_TABLE("UpdateGlobalTable"),
    DESCRIBE_GLOBAL_TABLE_SETTINGS("DescribeGlobalTableSettings"),
    UPDATE_GLOBAL_TABLE_SETTINGS("UpdateGlobalTableSettings"),
    DESCRIBE_TABLE_REPLICA_AUTO_SCALING("DescribeTableReplicaAutoScaling"),
    UPDATE_TABLE_REPLICA_AUTO_SCALING("UpdateTableReplicaAutoScaling"),
    ENABLE_KINESIS_STREAMING_DESTINATION("EnableKinesisStreamingDestination"),
    DISABLE_KINESIS_STREAMING_DESTINATION("DisableKinesisStreamingDestination"),
    DESCRIBE_KINESIS_STREAMING_DESTINATION("DescribeKinesisStreamingDestination"),
    UPDATE_KINESIS_STREAMING_DESTINATION("UpdateKinesisStreamingDestination"),
    DESCRIBE_CONTRIBUTOR_INSIGHTS("DescribeContributorInsights"),
    LIST_CONTRIBUTOR_INSIGHTS("ListContributorInsights"),
    UPDATE_CONTRIBUTOR_INSIGHTS("UpdateContributorInsights"),
    PUT_RESOURCE_POLICY("PutResourcePolicy"),
    GET_RESOURCE_POLICY("GetResourcePolicy"),
    DELETE_RESOURCE_POLICY("DeleteResourcePolicy"),
    UPDATE_TIME_TO_LIVE("UpdateTimeToLive"),
    SEARCH_VECTORS("SearchVectors"),
    LIST_STREAMS("ListStreams"),
    DESCRIBE_STREAM("DescribeStream"),
    GET_SHARD_ITERATOR("GetShardIterator"),
    GET_RECORDS("GetRecords");

    private final String wireName;

    UnbuiltOperation(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the API reference. */
    public String wireName() {
        return wireName;
    }
}
