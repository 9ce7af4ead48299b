package dev.stator.server.http;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.server.auth.CallerIdentity;
import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.auth.SignedMessage;
import dev.stator.server.http.BodyDecompression.Body;
import dev.stator.server.http.BodyDecompression.TooLargeException;
import dev.stator.server.json.ApiJson;
import dev.stator.server.json.Operation;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a complete HTTP request and the operations. It looks at requests in the order
 * of the service: method and content type, whether the body is JSON, the target, who sent it, then
 * the request itself. As reading JSON costs the most, it is read once, at the end, and only looked
 * at earlier where something else is wrong and the service would have found bad JSON first.
 */
final class ApiFrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(ApiFrontDoor.class);
    private static final AsciiString TARGET = AsciiString.cached("x-amz-target");
    private static final ApiError MALFORMED = new ApiError.Serialization("");

    private final ApiJson json;
    private final SigV4Verifier verifier;
    private final HttpResponses responses;
    private final ApiHandler handler;
    private final int bodyBytesMax;

    ApiFrontDoor(
            ApiJson json,
            SigV4Verifier verifier,
            HttpResponses responses,
            ApiHandler handler,
            int bodyBytesMax) {
        this.json = json;
        this.verifier = verifier;
        this.responses = responses;
        this.handler = handler;
        this.bodyBytesMax = bodyBytesMax;
    }

    /** Takes a request; its body is not touched after this call. */
    void handle(Exchange exchange, HttpRequest request, Body body) {
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.POST)) {
            boolean json = ContentTypes.isJson(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
            if (body.length() == 0 || json) {
                handlePost(exchange, request, body);
                return;
            }
        } else if (method.equals(HttpMethod.GET) && isRoot(request.uri())) {
            exchange.respond(responses.healthy(exchange));
            return;
        } else if (method.equals(HttpMethod.OPTIONS) && exchange.crossOrigin()) {
            exchange.respond(HttpResponses.preflight(exchange, request));
            return;
        }
        exchange.respond(HttpResponses.unknown(exchange, method.equals(HttpMethod.HEAD)));
    }

    private static boolean isRoot(String uri) {
        return uri.equals("/") || uri.startsWith("/?");
    }

    private void handlePost(Exchange exchange, HttpRequest request, Body sent) {
        try {
            Body body =
                    BodyDecompression.decode(
                            request.headers().get(HttpHeaderNames.CONTENT_ENCODING),
                            sent,
                            bodyBytesMax);
            ApiCall call = call(exchange, request, sent, body);
            handler.handle(call);
        } catch (ApiException refused) {
            exchange.fail(refused.error());
        } catch (TooLargeException tooLarge) {
            exchange.respond(
                    HttpResponses.bare(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, exchange));
        } catch (RuntimeException bug) {
            LOG.error("Request {} failed", exchange.requestId(), bug);
            exchange.fail(HttpResponses.INTERNAL_ERROR);
        }
    }

    /** The call of a request; what was sent was signed, and may be compressed. */
    private ApiCall call(Exchange exchange, HttpRequest request, Body sent, Body body) {
        Optional<Operation> operation = Operation.forTarget(request.headers().get(TARGET));
        if (operation.isEmpty()) {
            throw unlessMalformed(body, new ApiException(new ApiError.UnknownOperation("")));
        }
        CallerIdentity caller;
        try {
            caller =
                    verifier.verify(
                            new SignedMessage(
                                    request.method().name(),
                                    request.uri(),
                                    request.headers(),
                                    sent.bytes(),
                                    sent.offset(),
                                    sent.length()));
        } catch (ApiException refused) {
            throw unlessMalformed(body, refused);
        }
        if (body.length() == 0) {
            throw new ApiException(MALFORMED);
        }
        ApiRequest read = json.read(operation.get(), body.bytes(), body.offset(), body.length());
        return new ApiCall(read, caller, exchange);
    }

    private ApiException unlessMalformed(Body body, ApiException refused) {
        boolean malformed =
                body.length() > 0 && !json.isWellFormed(body.bytes(), body.offset(), body.length());
        return malformed ? new ApiException(MALFORMED) : refused;
    }
}
