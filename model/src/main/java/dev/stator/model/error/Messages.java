package dev.stator.model.error;

import java.util.List;

/**
 * The exact words of the service that clients match on, where they are not made in one place only.
 */
public final class Messages {
    /** How many messages of semantic checks begin. */
    public static final String INVALID_PARAMETERS = "One or more parameter values were invalid: ";

    // Tables and indexes.
    public static final String RESOURCE_NOT_FOUND = "Requested resource not found";
    public static final String DELETION_PROTECTED =
            "Resource cannot be deleted as it is currently protected against deletion. Disable"
                    + " deletion protection first.";
    public static final String LOCAL_INDEX_NEEDS_RANGE_KEY =
            INVALID_PARAMETERS
                    + "Table KeySchema does not have a range key, which is required when"
                    + " specifying a LocalSecondaryIndex";
    public static final String TABLE_NAME_REQUIRED =
            "The parameter 'TableName' is required but was not present in the request";

    // Conditions and queries.
    public static final String CONDITION_FAILED = "The conditional request failed";
    public static final String KEY_CONDITIONS_REQUIRED =
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
                    + " request.";
    public static final String INVALID_STARTING_KEY = "The provided starting key is invalid";
    public static final String STARTING_KEY_OUTSIDE =
            "The provided starting key is outside query boundaries based on provided conditions";
    public static final String NO_STRONG_READS_OF_GLOBAL_INDEX =
            "Consistent reads are not supported on global secondary indexes";

    // Batches and transactions.
    public static final String DUPLICATE_KEYS = "Provided list of item keys contains duplicates";
    public static final String ONE_OPERATION_PER_ITEM =
            "Transaction request cannot include multiple operations on one item";
    public static final String TRANSACTION_TOO_LARGE =
            "Collection size of items exceeded, which can also be caused by the aggregate size of"
                    + " the items in the transaction exceeding the 4MB limit";
    public static final String TRANSACTION_CONFLICT = "Transaction is ongoing for the item";

    // Keys.
    public static final String KEY_SCHEMA_MISMATCH =
            "The provided key element does not match the schema";
    public static final String PARTITION_KEY_TOO_LONG =
            INVALID_PARAMETERS + "Size of hashkey has exceeded the maximum size limit of2048 bytes";
    public static final String SORT_KEY_TOO_LONG =
            INVALID_PARAMETERS
                    + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes";
    private static final String EMPTY_KEY_VALUE =
            "The AttributeValue for a key attribute cannot contain an empty ";
    private static final String INVALID_KEY_VALUE =
            "One or more parameter values are not valid. " + EMPTY_KEY_VALUE;
    private static final String INVALID_INDEX_KEY_VALUE =
            "One or more parameter values are not valid. A value specified for a secondary index"
                    + " key is not supported. "
                    + EMPTY_KEY_VALUE;
    private static final String UPDATE_TO_INVALID_INDEX_KEY =
            "One or more parameter values are not valid. The update expression attempted to update"
                    + " a secondary index key to a value that is not supported. "
                    + EMPTY_KEY_VALUE;
    public static final String UPDATE_TO_EMPTY_STRING_INDEX_KEY =
            UPDATE_TO_INVALID_INDEX_KEY + "string value.";
    public static final String UPDATE_TO_EMPTY_BINARY_INDEX_KEY =
            UPDATE_TO_INVALID_INDEX_KEY + "binary value.";

    public static final String UPDATE_TO_WRONG_TYPE_OF_INDEX_KEY =
            "The update expression attempted to update the secondary index key to unsupported type";
    public static final String UPDATE_TO_TOO_LONG_INDEX_KEY =
            "The update expression attempted to update the secondary index key beyond allowed size"
                    + " limits";

    // Items and values.
    public static final String COLLECTION_TOO_LARGE = "Collection size exceeded.";

    public static final String ITEM_TOO_LARGE = "Item size has exceeded the maximum allowed size";
    public static final String UPDATED_ITEM_TOO_LARGE =
            "Item size to update has exceeded the maximum allowed size";
    public static final String NESTED_TOO_DEEP =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested"
                    + " levels beyond supported limit";
    public static final String NO_DATATYPE =
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    public static final String SEVERAL_DATATYPES =
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                    + " the supported datatypes";
    public static final String NULL_MUST_BE_TRUE =
            "Null attribute value types must have the value of true";

    /** Two spaces: so it is. */
    public static final String EMPTY_STRING_SET =
            INVALID_PARAMETERS + "An string set  may not be empty";

    public static final String EMPTY_NUMBER_SET =
            INVALID_PARAMETERS + "An number set  may not be empty";
    public static final String EMPTY_BINARY_SET =
            INVALID_PARAMETERS + "Binary sets should not be empty";
    public static final String DUPLICATE_NUMBERS = "Input collection contains duplicates";

    // Numbers.
    public static final String EMPTY_NUMBER =
            "The parameter cannot be converted to a numeric value";

    /** Followed by the text. */
    public static final String NOT_A_NUMBER = EMPTY_NUMBER + ": ";

    public static final String NUMBER_TOO_MANY_DIGITS =
            "Attempting to store more than 38 significant digits in a Number";
    public static final String NUMBER_OVERFLOW =
            "Number overflow. Attempting to store a number with magnitude larger than supported"
                    + " range";
    public static final String NUMBER_UNDERFLOW =
            "Number underflow. Attempting to store a number with magnitude smaller than supported"
                    + " range";

    // Throttling.
    public static final String PROVISIONED_THROUGHPUT_EXCEEDED =
            "The level of configured provisioned throughput for the table was exceeded. Consider"
                    + " increasing your provisioning level with the UpdateTable API.";
    public static final String PROVISIONED_INDEX_THROUGHPUT_EXCEEDED =
            "The level of configured provisioned throughput for one or more global secondary"
                    + " indexes of the table was exceeded. Consider increasing your provisioning"
                    + " level for the under-provisioned global secondary indexes with the"
                    + " UpdateTable API";

    private Messages() {}

    /** Of the control plane, which names the table. */
    public static String tableNotFound(String table) {
        return RESOURCE_NOT_FOUND + ": Table: " + table + " not found";
    }

    public static String tableExists(String table) {
        return "Table already exists: " + table;
    }

    public static String noSuchIndex(String index) {
        return "The table does not have the specified index: " + index;
    }

    public static String indexBackfilling(String index) {
        return "Cannot read from backfilling global secondary index: " + index;
    }

    public static String missingKeyCondition(String attribute) {
        return "Query condition missed key schema element: " + attribute;
    }

    /** Of BatchGetItem and BatchWriteItem. */
    public static String requestItemsRequired(String operation) {
        return "The requestItems parameter is required for " + operation;
    }

    public static String missingKey(String attribute) {
        return INVALID_PARAMETERS + "Missing the key " + attribute + " in the item";
    }

    public static String keyTypeMismatch(String attribute, String expected, String actual) {
        return INVALID_PARAMETERS
                + ("Type mismatch for key " + attribute)
                + (" expected: " + expected + " actual: " + actual);
    }

    public static String emptyStringKey(String attribute) {
        return INVALID_KEY_VALUE + "string value. Key: " + attribute;
    }

    public static String emptyBinaryKey(String attribute) {
        return INVALID_KEY_VALUE + "binary value. Key: " + attribute;
    }

    /** How the name of an index key stands in an error. */
    public record IndexKey(String index, String attribute) {}

    public static String indexKeyTypeMismatch(IndexKey key, String expected, String actual) {
        return INVALID_PARAMETERS
                + ("Type mismatch for Index Key " + key.attribute())
                + (" Expected: " + expected + " Actual: " + actual)
                + (" IndexName: " + key.index());
    }

    public static String emptyStringIndexKey(IndexKey key) {
        return INVALID_INDEX_KEY_VALUE + "string value. " + named(key);
    }

    public static String emptyBinaryIndexKey(IndexKey key) {
        return INVALID_INDEX_KEY_VALUE + "binary value. " + named(key);
    }

    private static String named(IndexKey key) {
        return "IndexName: " + key.index() + ", IndexKey: " + key.attribute();
    }

    public static String duplicateStrings(List<String> members) {
        return INVALID_PARAMETERS + "Input collection " + members + " contains duplicates.";
    }

    /** No space before "of": so it is. */
    public static String duplicateBinaries(List<String> base64Members) {
        return INVALID_PARAMETERS
                + ("Input collection " + base64Members)
                + "of type BS contains duplicates.";
    }
}
