package dev.stator.server.json;

import dev.stator.core.operations.api.ApiRequest;
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
    UNTAG_RESOURCE("UntagResource");

    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final Map<String, Operation> BY_TARGET = new HashMap<>();

    static {
        for (Operation operation : values()) {
            BY_TARGET.put(TARGET_PREFIX + operation.wireName, operation);
        }
    }

    private final String wireName;
    private final ValueWording wording;

    /** An operation whose requests carry no attribute values. */
    Operation(String wireName) {
        this(wireName, ValueWording.BARE);
    }

    Operation(String wireName, ValueWording wording) {
        this.wireName = wireName;
        this.wording = wording;
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
        };
    }
}
