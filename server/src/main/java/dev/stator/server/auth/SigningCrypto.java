package dev.stator.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and signing keys. Owned by one thread. */
final class SigningCrypto {
    private static final String HMAC = "HmacSHA256";
    private static final int CACHED_KEYS_MAX = 512;

    private final MessageDigest sha256;
    private final Mac hmac;

    /** The least recently used key makes room for a new one. */
    private final Map<Scope, DerivedKey> keys =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Scope, DerivedKey> eldest) {
                    return size() > CACHED_KEYS_MAX;
                }
            };

    SigningCrypto() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hmac = Mac.getInstance(HMAC);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has SHA-256 and HmacSHA256", missing);
        }
    }

    /**
     * What a signing key is derived for.
     *
     * @param date of the form yyyymmdd
     */
    record Scope(String accessKeyId, String date, String region, String service) {}

    /** A key, and the secret that it was derived from, which may be replaced some day. */
    private record DerivedKey(String secret, byte[] key) {}

    String hexSha256(byte[] data, int offset, int length) {
        sha256.update(data, offset, length);
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** The signature of a text whose characters are bytes, in hexadecimal. */
    String sign(String text, String secret, Scope scope) {
        DerivedKey derived = keys.get(scope);
        if (derived == null || !derived.secret.equals(secret)) {
            derived = new DerivedKey(secret, derive(secret, scope));
            keys.put(scope, derived);
        }
        return HexFormat.of().formatHex(hmac(derived.key, text));
    }

    private byte[] derive(String secret, Scope scope) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        key = hmac(key, scope.date);
        key = hmac(key, scope.region);
        key = hmac(key, scope.service);
        return hmac(key, SigV4Verifier.TERMINATOR);
    }

    private byte[] hmac(byte[] key, String text) {
        try {
            hmac.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("any bytes are a key", unusable);
        }
        return hmac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
