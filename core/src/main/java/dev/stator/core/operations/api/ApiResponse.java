package dev.stator.core.operations.api;

/** The answer to an {@link ApiRequest} that succeeded, as it goes over the wire. */
public sealed interface ApiResponse
        permits BatchExecuteStatementResponse,
                BatchGetItemResponse,
                BatchWriteItemResponse,
                CreateTableResponse,
                DeleteItemResponse,
                DeleteTableResponse,
                DescribeContinuousBackupsResponse,
                DescribeEndpointsResponse,
                DescribeLimitsResponse,
                DescribeTableResponse,
                DescribeTimeToLiveResponse,
                ExecuteStatementResponse,
                GetItemResponse,
                ListTablesResponse,
                ListTagsOfResourceResponse,
                PutItemResponse,
                QueryResponse,
                ScanResponse,
                TagResourceResponse,
                TransactGetItemsResponse,
                TransactWriteItemsResponse,
                UnbuiltResponse,
                UntagResourceResponse,
                UpdateItemResponse,
                UpdateTableResponse {}
