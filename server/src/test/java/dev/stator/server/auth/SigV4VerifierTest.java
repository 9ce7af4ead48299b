package dev.stator.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.server.auth.TestSigner.Signing;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SigV4VerifierTest {
    private static final String DATE = "20130609T100015Z";
    private static final String TARGET = "DynamoDB_20120810.ListTables";
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final Signing SIGNING =
            new Signing("AKID", "secret", DATE, "us-west-2/dynamodb/aws4_request");

    private final Map<String, CredentialStore.AccessKey> keys =
            new HashMap<>(Map.of("AKID", new CredentialStore.AccessKey("secret", "123456789012")));
    private Instant now = Instant.parse("2013-06-09T10:00:15Z");

    private SigV4Verifier strict() {
        return SigV4Verifier.strict(
                new SigV4Verifier.Keys(
                        id -> Optional.ofNullable(keys.get(id)),
                        "dynamodb",
                        Optional.of("us-west-2"),
                        () -> now));
    }

    private static HttpHeaders headers(String authorization) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add("Host", "localhost");
        headers.add("X-Amz-Target", TARGET);
        headers.add("X-Amz-Date", DATE);
        headers.add("Authorization", authorization);
        return headers;
    }

    private static SignedMessage message(String uri, HttpHeaders headers) {
        return new SignedMessage("POST", uri, headers, BODY, 0, BODY.length);
    }

    private static SignedMessage signed(Signing signing) {
        String authorization = TestSigner.authorization("localhost", TARGET, BODY, signing);
        HttpHeaders headers = headers(authorization);
        headers.set("X-Amz-Date", signing.date());
        return message("/", headers);
    }

    private static ApiError refusal(SigV4Verifier verifier, SignedMessage message) {
        try {
            return fail("accepted as " + verifier.verify(message));
        } catch (ApiException refused) {
            return refused.error();
        }
    }

    @Test
    void aRightSignatureTellsTheCaller() {
        assertThat(strict().verify(signed(SIGNING)))
                .isEqualTo(new CallerIdentity("123456789012", "AKID", "us-west-2"));
    }

    @Test
    void commasWithoutBlanksAreLegal() {
        SignedMessage message = signed(SIGNING);
        message.headers()
                .set("Authorization", message.headers().get("Authorization").replace(", ", ","));
        assertThat(strict().verify(message).accessKeyId()).isEqualTo("AKID");
    }

    private void makeTemporary(Instant expires) {
        CredentialStore.Session session =
                new CredentialStore.Session("token", Optional.of(expires));
        keys.put(
                "AKID",
                new CredentialStore.AccessKey("secret", "123456789012", Optional.of(session)));
    }

    private static SignedMessage signedWithToken(String token) {
        SignedMessage message = signed(SIGNING);
        message.headers().set("X-Amz-Security-Token", token);
        return message;
    }

    @Test
    void temporaryCredentialsNeedTheirSessionToken() {
        ApiError invalid =
                new ApiError.UnrecognizedClient(
                        "The security token included in the request is invalid.");
        assertThat(refusal(strict(), signedWithToken("token"))).isEqualTo(invalid);
        makeTemporary(now.plusSeconds(1));
        assertThat(strict().verify(signedWithToken("token")).accessKeyId()).isEqualTo("AKID");
        assertThat(refusal(strict(), signedWithToken("other"))).isEqualTo(invalid);
        assertThat(refusal(strict(), signed(SIGNING))).isEqualTo(invalid);
    }

    @Test
    void aSessionTokenExpires() {
        makeTemporary(now);
        assertThat(refusal(strict(), signedWithToken("token")))
                .isEqualTo(
                        new ApiError.ExpiredToken(
                                "The security token included in the request is expired"));
    }

    @Test
    void aSessionTokenMayBePresigned() {
        makeTemporary(now.plusSeconds(1));
        SignedMessage right = presigned("&X-Amz-Security-Token=token");
        assertThat(strict().verify(right).accountId()).isEqualTo("123456789012");
        assertThat(refusal(strict(), presigned("&X-Amz-Security-Token=other")))
                .isInstanceOf(ApiError.UnrecognizedClient.class);
        assertThat(refusal(strict(), presigned("")))
                .isInstanceOf(ApiError.UnrecognizedClient.class);
    }

    @Test
    void anyChangeOfTheRequestIsNoticed() {
        SignedMessage good = signed(SIGNING);
        String mismatch = "The request signature we calculated does not match the signature you";
        byte[] otherBody = "[]".getBytes(UTF_8);
        assertThat(
                        refusal(
                                        strict(),
                                        new SignedMessage(
                                                "POST", "/", good.headers(), otherBody, 0, 2))
                                .message())
                .startsWith(mismatch);
        assertThat(refusal(strict(), message("/?a", good.headers())).message())
                .startsWith(mismatch);
        assertThat(refusal(strict(), message("/a", good.headers())).message()).startsWith(mismatch);
        good.headers().set("X-Amz-Target", "DynamoDB_20120810.DeleteTable");
        assertThat(refusal(strict(), good))
                .isInstanceOf(ApiError.InvalidSignature.class)
                .extracting(ApiError::message)
                .asString()
                .startsWith(mismatch)
                .contains(
                        "The Canonical String for this request should have been\n'POST\n/\n\nhost:")
                .contains("The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n" + DATE);
    }

    @Test
    void aReplacedSecretIsNoticedInSpiteOfTheCache() {
        SigV4Verifier verifier = strict();
        verifier.verify(signed(SIGNING));
        keys.put("AKID", new CredentialStore.AccessKey("other", "123456789012"));
        assertThat(refusal(verifier, signed(SIGNING)))
                .isInstanceOf(ApiError.InvalidSignature.class);
        keys.remove("AKID");
        assertThat(refusal(verifier, signed(SIGNING)))
                .isEqualTo(
                        new ApiError.UnrecognizedClient(
                                "The security token included in the request is invalid."));
    }

    @Test
    void moreKeysThanTheCacheHoldsAreVerified() {
        SigV4Verifier verifier = strict();
        for (int i = 0; i < 1_100; i++) {
            String id = "AKID" + i;
            keys.put(id, new CredentialStore.AccessKey("s" + i, "123456789012"));
            Signing signing = new Signing(id, "s" + i, DATE, "us-west-2/dynamodb/aws4_request");
            assertThat(verifier.verify(signed(signing)).accessKeyId()).isEqualTo(id);
        }
        keys.put("AKID", new CredentialStore.AccessKey("secret", "123456789012"));
        assertThat(verifier.verify(signed(SIGNING)).accessKeyId()).isEqualTo("AKID");
    }

    @Test
    void theTimeMayBeOffByFifteenMinutes() {
        now = Instant.parse("2013-06-09T10:15:15Z");
        strict().verify(signed(SIGNING));
        now = Instant.parse("2013-06-09T09:45:15Z");
        strict().verify(signed(SIGNING));
    }

    /** Time of the request, message. */
    static Stream<Arguments> wrongTimes() {
        return Stream.of(
                Arguments.of(
                        "20130609T094514Z",
                        new ApiError.InvalidSignature(
                                "Signature expired: 20130609T094514Z is now earlier than"
                                        + " 20130609T094515Z (20130609T100015Z - 15 min.)")),
                Arguments.of(
                        "20130609T101516Z",
                        new ApiError.InvalidSignature(
                                "Signature not yet current: 20130609T101516Z is still later than"
                                        + " 20130609T101515Z (20130609T100015Z + 15 min.)")),
                Arguments.of("201", badForm("201")),
                Arguments.of("20130609T106015Z", badForm("20130609T106015Z")),
                Arguments.of("20131309T100015Z", badForm("20131309T100015Z")),
                Arguments.of("2013-06-09T100015Z", badForm("2013-06-09T100015Z")),
                Arguments.of(
                        "Sun, 09 Jun 2013 10:00:15 GMT", badForm("Sun, 09 Jun 2013 10:00:15 GMT")));
    }

    private static ApiError badForm(String date) {
        return new ApiError.IncompleteSignature(
                "Date must be in ISO-8601 'basic format'. Got '"
                        + date
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    @ParameterizedTest
    @MethodSource("wrongTimes")
    void aWrongTimeIsRefused(String date, ApiError error) {
        HttpHeaders headers = signed(SIGNING).headers();
        headers.set("X-Amz-Date", date);
        assertThat(refusal(strict(), message("/", headers))).isEqualTo(error);
    }

    /** URI, Authorization header, error. */
    static Stream<Arguments> malformed() {
        String missing = "Request is missing Authentication Token";
        String parameter = "Authorization header requires '%s' parameter. ";
        String inQuery = "AWS query-string parameters must include '%s'. ";
        return Stream.of(
                Arguments.of("/", null, new ApiError.MissingAuthenticationToken(missing)),
                Arguments.of("/", "AWS4", new ApiError.MissingAuthenticationToken(missing)),
                Arguments.of("/", "Basic abc", new ApiError.MissingAuthenticationToken(missing)),
                Arguments.of(
                        "/?X-Amz-Algorith", "X", new ApiError.MissingAuthenticationToken(missing)),
                Arguments.of(
                        "/?X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d",
                        null,
                        new ApiError.MissingAuthenticationToken(missing)),
                Arguments.of(
                        "/?X-Amz-Algorithm",
                        "X",
                        new ApiError.InvalidSignature(
                                "Found both 'X-Amz-Algorithm' as a query-string param and"
                                        + " 'Authorization' as HTTP header.")),
                Arguments.of(
                        "/",
                        "AWS4-",
                        new ApiError.IncompleteSignature(
                                parameter.formatted("Credential")
                                        + parameter.formatted("Signature")
                                        + parameter.formatted("SignedHeaders")
                                        + "Authorization header requires existence of either a"
                                        + " 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-")),
                Arguments.of(
                        "/",
                        "AWS4- Signature=b,Credential=a,SignedHeaders=",
                        new ApiError.IncompleteSignature(
                                parameter.formatted("SignedHeaders")
                                        + "Authorization header requires existence of either a"
                                        + " 'X-Amz-Date' or a 'Date' header."
                                        + " Authorization=AWS4- Signature=b,Credential=a,SignedHeaders=")),
                Arguments.of(
                        "/",
                        "AWS4-HMAC-SHA256 Signature=b,    Credential,    SignedHeaders",
                        new ApiError.IncompleteSignature(
                                "'Credential' not a valid key=value pair (missing equal-sign) in"
                                        + " Authorization header: 'AWS4-HMAC-SHA256 Signature=b,   "
                                        + " Credential,    SignedHeaders'.")),
                Arguments.of(
                        "/?X-Amz-Algorithm",
                        null,
                        new ApiError.IncompleteSignature(
                                inQuery.formatted("X-Amz-Algorithm")
                                        + inQuery.formatted("X-Amz-Credential")
                                        + inQuery.formatted("X-Amz-Signature")
                                        + inQuery.formatted("X-Amz-SignedHeaders")
                                        + inQuery.formatted("X-Amz-Date")
                                        + "Re-examine the query-string parameters.")),
                Arguments.of(
                        "/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d",
                        null,
                        new ApiError.IncompleteSignature(
                                inQuery.formatted("X-Amz-SignedHeaders")
                                        + "Re-examine the query-string parameters.")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsMalformedIsRefusedByBothModes(String uri, String authorization, ApiError error) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (authorization != null) {
            headers.add("Authorization", authorization);
        }
        assertThat(refusal(strict(), message(uri, headers))).isEqualTo(error);
        assertThat(refusal(SigV4Verifier.permissive(), message(uri, headers))).isEqualTo(error);
    }

    /** Authorization header, error. */
    static Stream<Arguments> wrongClaims() {
        String rest = ", SignedHeaders=host, Signature=abc";
        return Stream.of(
                Arguments.of(
                        "AWS4-HMAC-SHA256 Credential=AKID/b/c/d/e, SignedHeaders=date, Signature=x",
                        new ApiError.InvalidSignature(
                                "'Host' must be a 'SignedHeader' in the AWS Authorization.")),
                Arguments.of(
                        "AWS4-HMAC-SHA25 Credential=a/b/c/d" + rest,
                        new ApiError.IncompleteSignature(
                                "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only"
                                        + " AWS4-HMAC-SHA256 for now). ")),
                Arguments.of(
                        "AWS4-HMAC-SHA256 Credential=a/b/c/d/" + rest,
                        new ApiError.IncompleteSignature(
                                "Credential must have exactly 5 slash-delimited elements, e.g."
                                        + " keyid/date/region/service/term, got 'a/b/c/d/'")),
                Arguments.of(
                        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f" + rest,
                        new ApiError.IncompleteSignature(
                                "Credential must have exactly 5 slash-delimited elements, e.g."
                                        + " keyid/date/region/service/term, got 'a/b/c/d/e/f'")),
                Arguments.of(
                        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e" + rest,
                        new ApiError.InvalidSignature(
                                "Credential should be scoped to a valid region, not 'c'. Credential"
                                        + " should be scoped to correct service: 'dynamodb'."
                                        + " Credential should be scoped with a valid terminator:"
                                        + " 'aws4_request', not 'e'. Date in Credential scope does"
                                        + " not match YYYYMMDD from ISO-8601 version of date from"
                                        + " HTTP: 'b' != '20130609', from '20130609T100015Z'.")),
                Arguments.of(
                        "AWS4-HMAC-SHA256 Credential=a/20130609/us-west-2/dynamodb/aws4_request//"
                                + rest,
                        new ApiError.UnrecognizedClient(
                                "The security token included in the request is invalid.")));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void wrongClaimsAreRefusedInOrder(String authorization, ApiError error) {
        assertThat(refusal(strict(), message("/", headers(authorization)))).isEqualTo(error);
    }

    private static String presignedQuery(String expires) {
        return "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20130609%2Fus-west-2%2Fdynamodb%2Faws4_request"
                + "&X-Amz-Date=20130609T100015Z"
                + expires
                + "&X-Amz-SignedHeaders=host";
    }

    private SignedMessage presigned(String expires) {
        String query = presignedQuery(expires);
        String canonical =
                "POST\n/\n" + query + "\nhost:localhost\n\nhost\n" + TestSigner.sha256(BODY);
        String uri = "/?" + query + "&X-Amz-Signature=" + TestSigner.sign(canonical, SIGNING);
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add("Host", "localhost");
        return message(uri, headers);
    }

    @Test
    void theQueryFormIsVerified() {
        assertThat(strict().verify(presigned("")).accountId()).isEqualTo("123456789012");
        SignedMessage wrong =
                message(
                        presigned("").uri().replace("Signature=", "Signature=0"),
                        presigned("").headers());
        assertThat(refusal(strict(), wrong)).isInstanceOf(ApiError.InvalidSignature.class);
    }

    @Test
    void aPresignedRequestIsGoodUntilItExpires() {
        now = now.plusSeconds(3_600);
        assertThat(refusal(strict(), presigned("")).message()).startsWith("Signature expired: ");
        assertThat(strict().verify(presigned("&X-Amz-Expires=3600")).accessKeyId())
                .isEqualTo("AKID");
        assertThat(refusal(strict(), presigned("&X-Amz-Expires=3599")).message())
                .startsWith("Signature expired: ");
        assertThat(refusal(strict(), presigned("&X-Amz-Expires=x")))
                .isInstanceOf(ApiError.IncompleteSignature.class);
        assertThat(refusal(strict(), presigned("&X-Amz-Expires=604801")))
                .isInstanceOf(ApiError.IncompleteSignature.class);
    }

    @Test
    void thePermissiveModeTakesAnyKeyAndRegion() {
        HttpHeaders headers =
                headers(
                        "AWS4-HMAC-SHA256 Credential=some-key/1/mars/x/y, SignedHeaders=a,"
                                + " Signature=b");
        assertThat(SigV4Verifier.permissive().verify(message("/", headers)))
                .isEqualTo(new CallerIdentity("000000000000", "some-key", "mars"));
        headers.set(
                "Authorization", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=a, Signature=b");
        assertThatThrownBy(() -> SigV4Verifier.permissive().verify(message("/", headers)))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("Credential must have exactly 5");
    }
}
