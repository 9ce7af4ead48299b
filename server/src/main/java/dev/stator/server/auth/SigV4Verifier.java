package dev.stator.server.auth;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies who sent a request, with the errors of the service in the order of the service. Safe for
 * use by any thread; every thread keeps its own hashes and up to 512 signing keys.
 *
 * <p>A permissive verifier accepts any access key and any signature, and everybody has one account;
 * what is missing or malformed is refused all the same, for a client would have to be mended to
 * work elsewhere.
 */
public final class SigV4Verifier {
    static final String TERMINATOR = "aws4_request";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final @Nullable Keys keys;
    private final ThreadLocal<SigningCrypto> crypto = ThreadLocal.withInitial(SigningCrypto::new);

    private SigV4Verifier(@Nullable Keys keys) {
        this.keys = keys;
    }

    /**
     * What a strict verifier checks against.
     *
     * @param service the name that scopes must have, dynamodb
     * @param region the one that scopes must have; empty if any will do
     * @param clock tells the wall-clock time
     */
    public record Keys(
            CredentialStore store, String service, Optional<String> region, InstantSource clock) {}

    public static SigV4Verifier strict(Keys keys) {
        return new SigV4Verifier(keys);
    }

    public static SigV4Verifier permissive() {
        return new SigV4Verifier(null);
    }

    /**
     * Tells who sent the request.
     *
     * @throws ApiException if that cannot be told
     */
    public CallerIdentity verify(SignedMessage message) {
        QueryString query = QueryString.of(message.uri());
        Signature signature = Signature.of(message, query);
        if (keys == null) {
            checkAlgorithm(signature);
            CredentialScope scope = CredentialScope.parse(signature.credential());
            return new CallerIdentity(
                    CallerIdentity.ANY_ACCOUNT_ID, scope.accessKeyId(), scope.region());
        }
        Instant now = keys.clock.instant();
        SigningTime.check(signature.date(), signature.expiresSeconds(), now);
        List<String> signedHeaders = CanonicalRequest.signedHeaders(signature.signedHeaders());
        if (!signedHeaders.contains("host")) {
            throw invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }
        checkAlgorithm(signature);
        CredentialScope scope = CredentialScope.parse(signature.credential());
        checkScope(scope, signature.date(), keys);
        CredentialStore.AccessKey key =
                keys.store.find(scope.accessKeyId()).orElseThrow(SessionToken::invalid);
        checkSignature(message, query, signedHeaders, new Claim(signature, scope, key.secret()));
        SessionToken.check(message, query, key.session(), now);
        return new CallerIdentity(key.accountId(), scope.accessKeyId(), scope.region());
    }

    private static void checkAlgorithm(Signature signature) {
        if (!signature.algorithm().equals(ALGORITHM)) {
            throw Signature.incomplete(
                    "Unsupported AWS 'algorithm': '"
                            + signature.algorithm()
                            + "' (only AWS4-HMAC-SHA256 for now). ");
        }
    }

    private static void checkScope(CredentialScope scope, String date, Keys keys) {
        List<String> wrong = new ArrayList<>(0);
        boolean regionAccepted =
                keys.region.map(scope.region()::equals).orElse(!scope.region().isEmpty());
        if (!regionAccepted) {
            wrong.add(
                    "Credential should be scoped to a valid region, not '" + scope.region() + "'.");
        }
        if (!scope.service().equals(keys.service)) {
            wrong.add("Credential should be scoped to correct service: '" + keys.service + "'.");
        }
        if (!scope.terminator().equals(TERMINATOR)) {
            wrong.add(
                    "Credential should be scoped with a valid terminator: 'aws4_request', not '"
                            + scope.terminator()
                            + "'.");
        }
        String day = date.substring(0, 8);
        if (!scope.date().equals(day)) {
            wrong.add(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of"
                            + " date from HTTP: '"
                            + scope.date()
                            + "' != '"
                            + day
                            + "', from '"
                            + date
                            + "'.");
        }
        if (!wrong.isEmpty()) {
            throw invalid(String.join(" ", wrong));
        }
    }

    /** What a request claims, and the secret that proves it. */
    private record Claim(Signature signature, CredentialScope scope, String secret) {}

    private void checkSignature(
            SignedMessage message, QueryString query, List<String> signedHeaders, Claim claim) {
        SigningCrypto ownCrypto = crypto.get();
        String bodyHash =
                ownCrypto.hexSha256(message.body(), message.bodyOffset(), message.bodyLength());
        String canonical = CanonicalRequest.of(message, query, signedHeaders, bodyHash);
        byte[] canonicalBytes = canonical.getBytes(StandardCharsets.ISO_8859_1);
        String stringToSign =
                ALGORITHM
                        + "\n"
                        + claim.signature.date()
                        + "\n"
                        + claim.scope
                        + "\n"
                        + ownCrypto.hexSha256(canonicalBytes, 0, canonicalBytes.length);
        SigningCrypto.Scope keyScope =
                new SigningCrypto.Scope(
                        claim.scope.accessKeyId(),
                        claim.scope.date(),
                        claim.scope.region(),
                        claim.scope.service());
        String expected = ownCrypto.sign(stringToSign, claim.secret, keyScope);
        if (!isSame(expected, claim.signature.hexSignature())) {
            throw invalid(
                    "The request signature we calculated does not match the signature you"
                            + " provided. Check your AWS Secret Access Key and signing method."
                            + " Consult the service documentation for details.\n\n"
                            + "The Canonical String for this request should have been\n'"
                            + canonical
                            + "'\n\nThe String-to-Sign should have been\n'"
                            + stringToSign
                            + "'\n");
        }
    }

    /** Takes the same time wherever the two differ. */
    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.ISO_8859_1),
                given.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ApiException invalid(String message) {
        return new ApiException(new ApiError.InvalidSignature(message));
    }
}
