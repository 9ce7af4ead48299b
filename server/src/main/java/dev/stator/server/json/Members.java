package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeAction;
import dev.stator.core.operations.api.ComparisonOperator;
import dev.stator.core.operations.api.ConditionalOperator;
import dev.stator.core.operations.api.KeyType;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnItemCollectionMetrics;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.Select;
import dev.stator.core.operations.api.SseType;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.StreamViewType;
import dev.stator.model.table.TableClass;
import java.util.List;

/**
 * The constraints that the service model declares, by member. Enumerations are listed in the order
 * in which the service's messages list them, which is not that of the model.
 */
final class Members {
    /** A name; ARNs are told apart before, see {@link TableNames}. */
    static final StringMember TABLE_NAME = new StringMember("tableName", 3, 255, true);

    static final StringMember EXCLUSIVE_START_TABLE_NAME =
            new StringMember("exclusiveStartTableName", 3, 255, true);
    static final StringMember INDEX_NAME = new StringMember("indexName", 3, 255, true);
    static final StringMember KEY_ATTRIBUTE_NAME = new StringMember("attributeName", 1, 255, false);
    static final StringMember NON_KEY_ATTRIBUTE =
            new StringMember("nonKeyAttributes", 1, 255, false);
    static final int NON_KEY_ATTRIBUTES_MAX = 20;
    static final StringMember RESOURCE_ARN = new StringMember("resourceArn", 1, 1283, false);

    static final StringMember NEXT_TOKEN = new StringMember("nextToken", 1, 32768, false);

    static final NumberMember SCAN_LIMIT = new NumberMember("limit", 1, Integer.MAX_VALUE);
    static final NumberMember LIST_TABLES_LIMIT = new NumberMember("limit", 1, 100);
    static final NumberMember SEGMENT = new NumberMember("segment", 0, 999_999);
    static final NumberMember TOTAL_SEGMENTS = new NumberMember("totalSegments", 1, 1_000_000);
    static final NumberMember READ_CAPACITY_UNITS =
            new NumberMember("readCapacityUnits", 1, Long.MAX_VALUE);
    static final NumberMember WRITE_CAPACITY_UNITS =
            new NumberMember("writeCapacityUnits", 1, Long.MAX_VALUE);

    static final EnumMember<ReturnConsumedCapacity> RETURN_CONSUMED_CAPACITY =
            new EnumMember<>(
                    "returnConsumedCapacity",
                    List.of(
                            ReturnConsumedCapacity.INDEXES,
                            ReturnConsumedCapacity.TOTAL,
                            ReturnConsumedCapacity.NONE));
    static final EnumMember<ReturnItemCollectionMetrics> RETURN_ITEM_COLLECTION_METRICS =
            new EnumMember<>(
                    "returnItemCollectionMetrics",
                    List.of(ReturnItemCollectionMetrics.SIZE, ReturnItemCollectionMetrics.NONE));
    static final EnumMember<ReturnValue> RETURN_VALUES =
            new EnumMember<>(
                    "returnValues",
                    List.of(
                            ReturnValue.ALL_NEW,
                            ReturnValue.UPDATED_OLD,
                            ReturnValue.ALL_OLD,
                            ReturnValue.NONE,
                            ReturnValue.UPDATED_NEW));
    static final EnumMember<ReturnValuesOnConditionCheckFailure>
            RETURN_VALUES_ON_CONDITION_CHECK_FAILURE =
                    new EnumMember<>(
                            "returnValuesOnConditionCheckFailure",
                            List.of(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD,
                                    ReturnValuesOnConditionCheckFailure.NONE));
    static final EnumMember<ConditionalOperator> CONDITIONAL_OPERATOR =
            new EnumMember<>(
                    "conditionalOperator",
                    List.of(ConditionalOperator.OR, ConditionalOperator.AND));
    static final EnumMember<ComparisonOperator> COMPARISON_OPERATOR =
            new EnumMember<>(
                    "comparisonOperator",
                    List.of(
                            ComparisonOperator.IN,
                            ComparisonOperator.NULL,
                            ComparisonOperator.BETWEEN,
                            ComparisonOperator.LT,
                            ComparisonOperator.NOT_CONTAINS,
                            ComparisonOperator.EQ,
                            ComparisonOperator.GT,
                            ComparisonOperator.NOT_NULL,
                            ComparisonOperator.NE,
                            ComparisonOperator.LE,
                            ComparisonOperator.BEGINS_WITH,
                            ComparisonOperator.GE,
                            ComparisonOperator.CONTAINS));
    static final EnumMember<AttributeAction> ATTRIBUTE_ACTION =
            new EnumMember<>(
                    "action",
                    List.of(AttributeAction.ADD, AttributeAction.DELETE, AttributeAction.PUT));
    static final EnumMember<Select> SELECT =
            new EnumMember<>(
                    "select",
                    List.of(
                            Select.SPECIFIC_ATTRIBUTES,
                            Select.COUNT,
                            Select.ALL_ATTRIBUTES,
                            Select.ALL_PROJECTED_ATTRIBUTES));

    static final EnumMember<ScalarType> ATTRIBUTE_TYPE =
            new EnumMember<>("attributeType", List.of(ScalarType.B, ScalarType.N, ScalarType.S));
    static final EnumMember<KeyType> KEY_TYPE =
            new EnumMember<>("keyType", List.of(KeyType.HASH, KeyType.RANGE));
    static final EnumMember<ProjectionType> PROJECTION_TYPE =
            new EnumMember<>(
                    "projectionType",
                    List.of(ProjectionType.ALL, ProjectionType.INCLUDE, ProjectionType.KEYS_ONLY));
    static final EnumMember<BillingMode> BILLING_MODE =
            new EnumMember<>(
                    "billingMode", List.of(BillingMode.PROVISIONED, BillingMode.PAY_PER_REQUEST));
    static final EnumMember<StreamViewType> STREAM_VIEW_TYPE =
            new EnumMember<>(
                    "streamViewType",
                    List.of(
                            StreamViewType.OLD_IMAGE,
                            StreamViewType.KEYS_ONLY,
                            StreamViewType.NEW_AND_OLD_IMAGES,
                            StreamViewType.NEW_IMAGE));
    static final EnumMember<SseType> SSE_TYPE =
            new EnumMember<>("sSEType", List.of(SseType.AES256, SseType.KMS));
    static final EnumMember<TableClass> TABLE_CLASS =
            new EnumMember<>(
                    "tableClass",
                    List.of(TableClass.STANDARD, TableClass.STANDARD_INFREQUENT_ACCESS));

    static final StringMember KMS_MASTER_KEY_ID =
            new StringMember("kMSMasterKeyId", 1, Integer.MAX_VALUE, false);

    private Members() {}
}
