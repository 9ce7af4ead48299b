package dev.stator.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests for tests; knows no more than the algorithm. */
public final class TestSigner {
    private TestSigner() {}

    /** Who signs, when, for what; the date has the form 20150830T123600Z. */
    public record Signing(String accessKeyId, String secret, String date, String scopeEnd) {
        public String scope() {
            return date.substring(0, 8) + "/" + scopeEnd;
        }
    }

    /** The signature of a canonical request. */
    public static String sign(String canonicalRequest, Signing signing) {
        String[] parts = signing.scope().split("/", -1);
        byte[] key = ("AWS4" + signing.secret()).getBytes(UTF_8);
        for (String part : parts) {
            key = hmac(key, part);
        }
        String text =
                "AWS4-HMAC-SHA256\n"
                        + signing.date()
                        + "\n"
                        + signing.scope()
                        + "\n"
                        + sha256(canonicalRequest.getBytes(UTF_8));
        return HexFormat.of().formatHex(hmac(key, text));
    }

    /** An Authorization header for a POST of / that signs host, date and target. */
    public static String authorization(String host, String target, byte[] body, Signing signing) {
        String canonical =
                "POST\n/\n\nhost:%s\nx-amz-date:%s\nx-amz-target:%s\n\nhost;x-amz-date;x-amz-target\n%s"
                        .formatted(host, signing.date(), target, sha256(body));
        return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=host;x-amz-date;x-amz-target, Signature=%s"
                .formatted(signing.accessKeyId(), signing.scope(), sign(canonical, signing));
    }

    public static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
