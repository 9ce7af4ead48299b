package dev.stator.tools.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one day that signs requests by AWS Signature Version 4 ("Signature calculation", IAM
 * user guide). Owned by one thread. The keyed hash is set up once; a signature costs two hashes and
 * one keyed hash.
 */
final class SigningKey {
    private static final String HMAC = "HmacSHA256";
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    private static final int HASH_SIZE_BYTES = 32;

    private final Mac keyed;
    private final MessageDigest sha256;
    private final byte[] hash = new byte[HASH_SIZE_BYTES];
    private final byte[] hexHash = new byte[2 * HASH_SIZE_BYTES];

    /**
     * @param day of the form yyyymmdd
     */
    SigningKey(Credentials credentials, String day) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            byte[] key = ("AWS4" + credentials.secret()).getBytes(UTF_8);
            key = hmac(key, day);
            key = hmac(key, credentials.region());
            key = hmac(key, credentials.service());
            key = hmac(key, "aws4_request");
            keyed = Mac.getInstance(HMAC);
            keyed.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has SHA-256 and HmacSHA256", missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    /**
     * Signs a request.
     *
     * @param canonicalHead the canonical request up to the hash of its body
     * @param stringToSignHead the string to sign up to the hash of the canonical request
     * @return 64 hexadecimal digits, valid until the next call
     */
    byte[] sign(byte[] canonicalHead, byte[] stringToSignHead, byte[] body, int bodyLength) {
        try {
            sha256.update(body, 0, bodyLength);
            hexOfDigest();
            sha256.update(canonicalHead);
            sha256.update(hexHash);
            hexOfDigest();
            keyed.update(stringToSignHead);
            keyed.update(hexHash);
            keyed.doFinal(hash, 0);
            toHex();
            return hexHash;
        } catch (GeneralSecurityException tooShort) {
            throw new IllegalStateException("a hash has " + HASH_SIZE_BYTES + " bytes", tooShort);
        }
    }

    private void hexOfDigest() throws GeneralSecurityException {
        sha256.digest(hash, 0, HASH_SIZE_BYTES);
        toHex();
    }

    private void toHex() {
        for (int i = 0; i < HASH_SIZE_BYTES; i++) {
            hexHash[2 * i] = HEX[hash[i] >> 4 & 15];
            hexHash[2 * i + 1] = HEX[hash[i] & 15];
        }
    }
}
