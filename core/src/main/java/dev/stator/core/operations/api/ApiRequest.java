package dev.stator.core.operations.api;

import java.util.List;

/**
 * A request of the API, parsed and checked against the constraints of the service model: required
 * members are present, enumerations known, lengths and ranges right, attribute values well formed.
 * Everything else (expressions, keys, what the table is) is left to the operation.
 *
 * <p>Members that the request left out and that have a default hold the default. Where the rules
 * tell an absent member from an empty one it is an {@code Optional}.
 */
public sealed interface ApiRequest
        permits BatchExecuteStatementRequest,
                BatchGetItemRequest,
                BatchWriteItemRequest,
                CreateTableRequest,
                DeleteItemRequest,
                DeleteTableRequest,
                DescribeContinuousBackupsRequest,
                DescribeEndpointsRequest,
                DescribeLimitsRequest,
                DescribeTableRequest,
                DescribeTimeToLiveRequest,
                ExecuteStatementRequest,
                ExecuteTransactionRequest,
                GetItemRequest,
                ListTablesRequest,
                ListTagsOfResourceRequest,
                PutItemRequest,
                QueryRequest,
                ScanRequest,
                TagResourceRequest,
                TransactGetItemsRequest,
                TransactWriteItemsRequest,
                UnbuiltRequest,
                UntagResourceRequest,
                UpdateItemRequest,
                UpdateTableRequest {
    /**
     * The tables that the request names, each as given: a name or an ARN. Empty if it names none.
     */
    List<String> tableNames();

    /** The name of the operation in the API reference. */
    default String operationName() {
        String name = getClass().getSimpleName();
        return name.substring(0, name.length() - "Request".length());
    }
}
