package dev.stator.tools.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls one at a time and waits for the answers: for what comes before and after the load. */
public final class ControlClient {
    private static final int TIMEOUT_SECONDS = 30;

    private final ClientLoop loop;
    private final Endpoint endpoint;
    private final InetSocketAddress address;
    private final Credentials credentials;

    /** Uses that loop, which stays its owner's. */
    public ControlClient(ClientLoop loop, Endpoint endpoint, Credentials credentials)
            throws IOException {
        this.loop = loop;
        this.endpoint = endpoint;
        this.address = endpoint.address();
        this.credentials = credentials;
    }

    /**
     * What a call came to.
     *
     * @param errorType empty for a success
     */
    public record Result(int status, String errorType, String text) {
        public boolean isSuccess() {
            return status == 200;
        }
    }

    /** Calls an operation on a connection of its own. */
    public Result call(String operation, String body) throws IOException, InterruptedException {
        CompletableFuture<Result> result = new CompletableFuture<>();
        loop.connect(address, new Call(operation, body.getBytes(UTF_8), result));
        try {
            return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(describe(operation, String.valueOf(e.getCause())), e);
        } catch (TimeoutException e) {
            throw new IOException(describe(operation, "no answer"), e);
        }
    }

    private String describe(String operation, String problem) {
        return operation + " at " + endpoint.name() + " (" + endpoint.uri() + "): " + problem;
    }

    private final class Call implements ApiConnection.Owner {
        private final String operation;
        private final byte[] body;
        private final CompletableFuture<Result> result;

        Call(String operation, byte[] body, CompletableFuture<Result> result) {
            this.operation = operation;
            this.body = body;
            this.result = result;
        }

        @Override
        public void idle(ApiConnection connection) {
            if (result.isDone()) {
                connection.close();
            } else {
                RequestSigner signer =
                        new RequestSigner(credentials, endpoint.host(), InstantSource.system());
                connection.send(signer, operation, body, body.length);
            }
        }

        @Override
        public void answered(ApiConnection connection, Answer answer) {
            String type = answer.status() == 200 ? "" : answer.errorType().orElse("unnamed error");
            result.complete(new Result(answer.status(), type, answer.text()));
        }

        @Override
        public void failed(ApiConnection connection, String errorType) {
            result.completeExceptionally(new IOException(errorType));
        }

        @Override
        public void closed(ApiConnection connection) {
            result.completeExceptionally(new IOException("cannot connect"));
        }
    }
}
