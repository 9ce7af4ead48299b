package dev.stator.server.tls;

import dev.stator.server.config.ConfigException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in a PEM file (RFC 7468, section 10). */
final class PrivateKeyFile {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
    private static final Pattern ANY = Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----");

    private PrivateKeyFile() {}

    /**
     * Reads the key.
     *
     * @param algorithm of the certificate's public key
     */
    static PrivateKey parse(String pem, Path file, String algorithm) {
        Matcher found = PKCS8.matcher(pem);
        if (!found.find()) {
            Matcher other = ANY.matcher(pem);
            throw new ConfigException(
                    file
                            + (other.find()
                                    ? ": holds a key of the form '"
                                            + other.group(1)
                                            + "'; convert it by 'openssl pkcs8 -topk8 -nodes'"
                                    : ": holds no PEM private key"));
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new ConfigException(
                    file + ": is not a private key of the certificate's kind, " + algorithm);
        }
    }
}
