package dev.stator.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.error.ApiError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedJsonTest {
    private static final ApiError NO_MESSAGE = new ApiError.Serialization("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hi",
                "{",
                "{'TableName':'abc'",
                "{'TableName':'abc'}}",
                "{'TableName':'abc'} x",
                "{'TableName':'abc',}",
                "{'TableName' 'abc'}",
                "{TableName:'abc'}",
                "{'TableName':'a\u0001'}",
                "{'Key':{'a':{'S':'\\ud800'}}}",
                "{'Key':{'a':{'S':'\\udc00\\ud800'}}}",
                "{'Key':{'\\ud800':{'S':'a'}}}",
                "{'Key':{'a':{'SS':['\\ud800']}}}",
                // The type error comes first in the text, but the service parses all of it first.
                "{'TableName':5,'Key':}",
                "{'TableName':5} {}"
            })
    void isRefusedWithoutMessage(String json) {
        assertThat(JsonCalls.refusal(Operation.GET_ITEM, json)).isEqualTo(NO_MESSAGE);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "{\"TableName\":\"abc?\"}".getBytes(UTF_8);
        body[16] = (byte) 0xff;
        assertThat(JsonCalls.JSON.isWellFormed(body, 0, body.length)).isFalse();
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(100_000);
        assertThat(JsonCalls.refusal(Operation.GET_ITEM, "{'Other':" + deep)).isEqualTo(NO_MESSAGE);
        assertThat(JsonCalls.refusal(Operation.GET_ITEM, deep)).isEqualTo(NO_MESSAGE);
    }

    @Test
    void wellFormedTextIsToldFromMalformed() {
        assertThat(isWellFormed("{}")).isTrue();
        assertThat(isWellFormed(" [1, {\"a\": null}] ")).isTrue();
        assertThat(isWellFormed("")).isFalse();
        assertThat(isWellFormed("{} {}")).isFalse();
        assertThat(isWellFormed("{\"a\":}")).isFalse();
    }

    private static boolean isWellFormed(String json) {
        byte[] body = json.getBytes(UTF_8);
        return JsonCalls.JSON.isWellFormed(body, 0, body.length);
    }
}
