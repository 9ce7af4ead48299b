package dev.stator.tools.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Signatures that AWS published for test requests of AKIDEXAMPLE. */
class SigningKeyTest {
    private static final String STRING_TO_SIGN_HEAD =
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n";

    private final SigningKey key =
            new SigningKey(
                    new Credentials(
                            "AKIDEXAMPLE",
                            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                            "us-east-1",
                            "service"),
                    "20150830");

    private String sign(String canonicalHead, String body) {
        byte[] bytes = body.getBytes(US_ASCII);
        byte[] signature =
                key.sign(
                        canonicalHead.getBytes(US_ASCII),
                        STRING_TO_SIGN_HEAD.getBytes(US_ASCII),
                        bytes,
                        bytes.length);
        return new String(signature, US_ASCII);
    }

    @Test
    void signsPostVanilla() {
        assertThat(
                        sign(
                                """
                                POST
                                /

                                host:example.amazonaws.com
                                x-amz-date:20150830T123600Z

                                host;x-amz-date
                                """,
                                ""))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void signsABodyAndThenAnother() {
        String head =
                """
                POST
                /

                content-type:application/x-www-form-urlencoded
                host:example.amazonaws.com
                x-amz-date:20150830T123600Z

                content-type;host;x-amz-date
                """;
        String published = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";
        assertThat(sign(head, "Param1=value1")).isEqualTo(published);
        assertThat(sign(head, "Param1=value2")).isNotEqualTo(published);
        assertThat(sign(head, "Param1=value1")).isEqualTo(published);
    }
}
