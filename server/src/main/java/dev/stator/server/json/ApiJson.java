package dev.stator.server.json;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.core.operations.api.BatchGetItemResponse;
import dev.stator.core.operations.api.BatchWriteItemResponse;
import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.DeleteItemResponse;
import dev.stator.core.operations.api.DeleteTableResponse;
import dev.stator.core.operations.api.DescribeContinuousBackupsResponse;
import dev.stator.core.operations.api.DescribeEndpointsResponse;
import dev.stator.core.operations.api.DescribeLimitsResponse;
import dev.stator.core.operations.api.DescribeTableResponse;
import dev.stator.core.operations.api.DescribeTimeToLiveResponse;
import dev.stator.core.operations.api.ExecuteStatementResponse;
import dev.stator.core.operations.api.ExecuteTransactionResponse;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.ListTablesResponse;
import dev.stator.core.operations.api.ListTagsOfResourceResponse;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.core.operations.api.TagResourceResponse;
import dev.stator.core.operations.api.TransactGetItemsResponse;
import dev.stator.core.operations.api.TransactWriteItemsResponse;
import dev.stator.core.operations.api.UnbuiltResponse;
import dev.stator.core.operations.api.UntagResourceResponse;
import dev.stator.core.operations.api.UpdateItemResponse;
import dev.stator.core.operations.api.UpdateTableResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads requests from JSON and writes responses as JSON. Safe for use by any thread.
 *
 * <p>Bounds: nesting of {@value #NESTING_MAX} levels; the length of the text is for the caller to
 * bound.
 */
public final class ApiJson {
    /** Far beyond what an item may have, so that items too deep get the message they deserve. */
    private static final int NESTING_MAX = 1000;

    /** Names of attributes may have 64 KB; what is longer is refused by the operations. */
    private static final int NAME_LENGTH_MAX = 16 * 1024 * 1024;

    private final JsonFactory factory =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxNameLength(NAME_LENGTH_MAX)
                                    .build())
                    .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build();

    /**
     * Reads a request.
     *
     * @throws ApiException if the text is not JSON, or not a request of this operation that
     *     satisfies the constraints of the service model
     */
    public ApiRequest read(Operation operation, byte[] body, int offset, int length) {
        try (JsonParser parser = parser(body, offset, length)) {
            return operation.read(new RequestReader(parser, body, offset, operation.wording()));
        } catch (JacksonException notJson) {
            throw RequestReader.malformed();
        } catch (ApiException refused) {
            boolean typeError = refused.error() instanceof ApiError.Serialization;
            // The service looks whether all of the text is JSON before it looks at types.
            if (typeError && !isWellFormed(body, offset, length)) {
                throw RequestReader.malformed();
            }
            throw refused;
        }
    }

    /** Whether the text is one JSON value. */
    public boolean isWellFormed(byte[] body, int offset, int length) {
        try (JsonParser parser = parser(body, offset, length)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    private JsonParser parser(byte[] body, int offset, int length) {
        return factory.createParser(ObjectReadContext.empty(), body, offset, length);
    }

    /** Writes the body of a response; nothing for a response that has none. */
    public void write(ApiResponse response, OutputStream target) {
        if (response instanceof TagResourceResponse || response instanceof UntagResourceResponse) {
            return;
        }
        try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), target)) {
            out.writeStartObject();
            writeMembers(response, out);
            out.writeEndObject();
        }
    }

    private static void writeMembers(ApiResponse response, JsonGenerator out) {
        switch (response) {
            case PutItemResponse r -> PutItemCodec.write(r, out);
            case GetItemResponse r -> GetItemCodec.write(r, out);
            case UpdateItemResponse r -> UpdateItemCodec.write(r, out);
            case DeleteItemResponse r -> DeleteItemCodec.write(r, out);
            case QueryResponse r -> QueryCodec.write(r, out);
            case ScanResponse r -> ScanCodec.write(r, out);
            case BatchGetItemResponse r -> BatchGetItemCodec.write(r, out);
            case BatchWriteItemResponse r -> BatchWriteItemCodec.write(r, out);
            case TransactGetItemsResponse r -> TransactGetItemsCodec.write(r, out);
            case TransactWriteItemsResponse r -> TransactWriteItemsCodec.write(r, out);
            case ExecuteStatementResponse r -> ExecuteStatementCodec.write(r, out);
            case BatchExecuteStatementResponse r -> BatchExecuteStatementCodec.write(r, out);
            case ExecuteTransactionResponse r -> ExecuteTransactionCodec.write(r, out);
            case CreateTableResponse r -> CreateTableCodec.write(r, out);
            case DescribeTableResponse r -> DescribeTableCodec.write(r, out);
            case ListTablesResponse r -> ListTablesCodec.write(r, out);
            case DeleteTableResponse r -> DeleteTableCodec.write(r, out);
            case UpdateTableResponse r -> UpdateTableCodec.write(r, out);
            case DescribeLimitsResponse r -> DescribeLimitsCodec.write(r, out);
            case DescribeEndpointsResponse r -> DescribeEndpointsCodec.write(r, out);
            case DescribeTimeToLiveResponse r -> DescribeTimeToLiveCodec.write(r, out);
            case DescribeContinuousBackupsResponse r ->
                    DescribeContinuousBackupsCodec.write(r, out);
            case UnbuiltResponse r -> UnbuiltCodec.write(r, out);
            case ListTagsOfResourceResponse r -> ListTagsOfResourceCodec.write(r, out);
            case TagResourceResponse ignored -> {}
            case UntagResourceResponse ignored -> {}
        }
    }

    /**
     * Writes the body of an error.
     *
     * @param type with its namespace
     * @param messageMember message or Message; the member is left out if the message is empty
     */
    public void writeError(ApiError error, String type, String messageMember, OutputStream target) {
        try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), target)) {
            out.writeStartObject();
            out.writeStringProperty("__type", type);
            ErrorWriter.writeMembers(error, out);
            if (!error.message().isEmpty()) {
                out.writeStringProperty(messageMember, error.message());
            }
            out.writeEndObject();
        }
    }
}
