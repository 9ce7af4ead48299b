package dev.stator.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.io.ByteArrayOutputStream;

/** Short ways to read and write JSON in tests. In the texts, ' stands for ". */
final class JsonCalls {
    static final ApiJson JSON = new ApiJson();

    private JsonCalls() {}

    static ApiRequest read(Operation operation, String json) {
        byte[] text = json.replace('\'', '"').getBytes(UTF_8);
        // An offset, for the body seldom begins at the start of its buffer.
        byte[] body = new byte[text.length + 7];
        System.arraycopy(text, 0, body, 3, text.length);
        return JSON.read(operation, body, 3, text.length);
    }

    static ApiError refusal(Operation operation, String json) {
        try {
            return fail("accepted as " + read(operation, json) + ": " + json);
        } catch (ApiException refused) {
            return refused.error();
        }
    }

    static String write(ApiResponse response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JSON.write(response, out);
        return out.toString(UTF_8).replace('"', '\'');
    }
}
