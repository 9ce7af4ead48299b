package dev.stator.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.error.ApiException;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures that AWS published for test requests of AKIDEXAMPLE. */
class PublishedVectorsTest {
    private static final String DATE = "20150830T123600Z";

    /** A published request and its signature. */
    record Vector(String method, String uri, List<String> headers, String body, String signature) {
        @Override
        public String toString() {
            return method + " " + uri + " " + headers;
        }
    }

    private static Vector get(String uri, String signature, String... headers) {
        return new Vector("GET", uri, List.of(headers), "", signature);
    }

    static Stream<Vector> vectors() {
        String vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        String unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        String ethiopicUtf8 = new String("\u1234".getBytes(UTF_8), ISO_8859_1);
        return Stream.of(
                get("/", vanilla),
                get("//", vanilla),
                get("/./", vanilla),
                get("/example/..", vanilla),
                new Vector(
                        "POST",
                        "/",
                        List.of(),
                        "",
                        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
                get(
                        "/?Param2=value2&Param1=value1",
                        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
                get(
                        "/?" + unreserved + "=" + unreserved,
                        "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
                get(
                        "/?" + ethiopicUtf8 + "=bar",
                        "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
                get(
                        "/" + ethiopicUtf8,
                        "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
                get(
                        "/example space/",
                        "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
                get(
                        "/",
                        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
                        "My-Header1: value1",
                        "My-Header2:   \"a   b   c\""),
                get(
                        "/",
                        "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
                        "My-Header1:value4",
                        "My-Header1:value1",
                        "My-Header1:value3",
                        "My-Header1:value2"),
                new Vector(
                        "POST",
                        "/",
                        List.of("Content-Type:application/x-www-form-urlencoded"),
                        "Param1=value1",
                        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
    }

    private static SignedMessage message(Vector vector, String signature) {
        // Values may begin with blanks here.
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.add("Host", "example.amazonaws.com");
        headers.add("X-Amz-Date", DATE);
        StringBuilder names = new StringBuilder("host;x-amz-date");
        for (String header : vector.headers()) {
            String name = header.substring(0, header.indexOf(':'));
            headers.add(name, header.substring(name.length() + 1));
            if (names.indexOf(name) < 0) {
                names.append(';').append(name);
            }
        }
        headers.add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders="
                        + names
                        + ", Signature="
                        + signature);
        byte[] body = vector.body().getBytes(UTF_8);
        return new SignedMessage(vector.method(), vector.uri(), headers, body, 0, body.length);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void areVerified(Vector vector) {
        SigV4Verifier verifier =
                SigV4Verifier.strict(
                        new SigV4Verifier.Keys(
                                CredentialStore.of(
                                        Map.of(
                                                "AKIDEXAMPLE",
                                                new CredentialStore.AccessKey(
                                                        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                                                        "123456789012"))),
                                "service",
                                Optional.of("us-east-1"),
                                () -> Instant.parse("2015-08-30T12:36:00Z")));
        assertThat(verifier.verify(message(vector, vector.signature())))
                .isEqualTo(new CallerIdentity("123456789012", "AKIDEXAMPLE", "us-east-1"));
        String other = vector.signature().replace('a', 'b');
        assertThatThrownBy(() -> verifier.verify(message(vector, other)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("does not match the signature you provided");
    }
}
