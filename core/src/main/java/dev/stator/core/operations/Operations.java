package dev.stator.core.operations;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.BatchExecuteStatementRequest;
import dev.stator.core.operations.api.BatchGetItemRequest;
import dev.stator.core.operations.api.BatchWriteItemRequest;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.DeleteItemRequest;
import dev.stator.core.operations.api.DeleteTableRequest;
import dev.stator.core.operations.api.DescribeContinuousBackupsRequest;
import dev.stator.core.operations.api.DescribeEndpointsRequest;
import dev.stator.core.operations.api.DescribeLimitsRequest;
import dev.stator.core.operations.api.DescribeTableRequest;
import dev.stator.core.operations.api.DescribeTimeToLiveRequest;
import dev.stator.core.operations.api.ExecuteStatementRequest;
import dev.stator.core.operations.api.ExecuteTransactionRequest;
import dev.stator.core.operations.api.GetItemRequest;
import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTagsOfResourceRequest;
import dev.stator.core.operations.api.PutItemRequest;
import dev.stator.core.operations.api.QueryRequest;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.TagResourceRequest;
import dev.stator.core.operations.api.TransactGetItemsRequest;
import dev.stator.core.operations.api.TransactWriteItemsRequest;
import dev.stator.core.operations.api.UnbuiltRequest;
import dev.stator.core.operations.api.UntagResourceRequest;
import dev.stator.core.operations.api.UpdateItemRequest;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.model.error.ApiException;

/**
 * Begins the operation that a request asks for. What can be refused without knowing the table is
 * refused at once, in the order of the service; what depends on the table after it was found.
 */
public final class Operations {
    private Operations() {}

    /**
     * Runs a request; the answer is given to the context, at once or later. All calls are made by
     * the context's owner thread.
     *
     * @throws ApiException if the request is refused at once
     */
    public static void start(ApiRequest request, OperationContext context) {
        switch (request) {
            case GetItemRequest get -> GetItemOperation.start(get, context);
            case PutItemRequest put -> PutItemOperation.start(put, context);
            case UpdateItemRequest update -> UpdateItemOperation.start(update, context);
            case DeleteItemRequest delete -> DeleteItemOperation.start(delete, context);
            case QueryRequest query -> QueryOperation.start(query, context);
            case ScanRequest scan -> ScanOperation.start(scan, context);
            case BatchGetItemRequest batch -> BatchGetItemOperation.start(batch, context);
            case BatchWriteItemRequest batch -> BatchWriteItemOperation.start(batch, context);
            case TransactGetItemsRequest get -> TransactGetItemsOperation.start(get, context);
            case TransactWriteItemsRequest write ->
                    TransactWriteItemsOperation.start(write, context);
            case ExecuteStatementRequest execute ->
                    ExecuteStatementOperation.start(execute, context);
            case ExecuteTransactionRequest execute ->
                    ExecuteTransactionOperation.start(execute, context);
            case BatchExecuteStatementRequest batch ->
                    BatchExecuteStatementOperation.start(batch, context);
            case CreateTableRequest create -> CreateTableOperation.start(create, context);
            case DescribeTableRequest describe -> DescribeTableOperation.start(describe, context);
            case UpdateTableRequest update -> UpdateTableOperation.start(update, context);
            case DeleteTableRequest delete -> DeleteTableOperation.start(delete, context);
            case ListTablesRequest list -> ListTablesOperation.start(list, context);
            case TagResourceRequest tag -> TagResourceOperation.start(tag, context);
            case UntagResourceRequest untag -> UntagResourceOperation.start(untag, context);
            case ListTagsOfResourceRequest list -> ListTagsOfResourceOperation.start(list, context);
            case DescribeLimitsRequest describe -> DescribeLimitsOperation.start(context);
            case DescribeEndpointsRequest describe -> DescribeEndpointsOperation.start(context);
            case DescribeTimeToLiveRequest describe ->
                    DescribeTimeToLiveOperation.start(describe, context);
            case UnbuiltRequest unbuilt -> UnbuiltOperations.start(unbuilt, context);
            case DescribeContinuousBackupsRequest describe ->
                    DescribeContinuousBackupsOperation.start(describe, context);
        }
    }
}
