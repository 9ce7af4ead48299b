package dev.stator.server.tls;

import dev.stator.server.config.ConfigException;
import dev.stator.server.config.TlsFiles;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that connections are offered, and its key. Both may be replaced at any time:
 * connections that are open go on with what they began with. Safe for use by any thread.
 */
public final class TlsIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final byte[] PROBE = "whose key is this?".getBytes(StandardCharsets.US_ASCII);

    private final TlsFiles files;
    private volatile SslContext context;

    /**
     * Reads the files.
     *
     * @throws ConfigException if they cannot be used
     */
    public TlsIdentity(TlsFiles files) {
        this.files = files;
        this.context = load(files);
    }

    /**
     * Takes the files as they are now for all connections to come.
     *
     * @throws ConfigException if they cannot be used; then everything stays as it was
     */
    public void read() {
        context = load(files);
    }

    /** What the next connection is to be offered. */
    public SslContext context() {
        return context;
    }

    private static SslContext load(TlsFiles files) {
        X509Certificate[] chain = chain(files);
        X509Certificate own = chain[0];
        PrivateKey key =
                PrivateKeyFile.parse(
                        files.keyText(), files.key(), own.getPublicKey().getAlgorithm());
        if (!belong(key, own.getPublicKey())) {
            throw new ConfigException(
                    files.key() + ": is not the key of the certificate in " + files.certificate());
        }
        try {
            own.checkValidity();
        } catch (CertificateException outOfTime) {
            LOG.warn("{}: clients will refuse it: {}", files.certificate(), outOfTime.toString());
        }
        try {
            return SslContextBuilder.forServer(key, chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .build();
        } catch (SSLException unusable) {
            throw new ConfigException(
                    files.certificate() + ": cannot be used: " + unusable.getMessage());
        }
    }

    /** The server's own certificate comes first, then those that vouch for it. */
    private static X509Certificate[] chain(TlsFiles files) {
        byte[] pem = files.certificateText().getBytes(StandardCharsets.UTF_8);
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .forEach(certificate -> chain.add((X509Certificate) certificate));
        } catch (CertificateException malformed) {
            throw new ConfigException(
                    files.certificate() + ": is not a PEM certificate: " + malformed.getMessage());
        }
        if (chain.isEmpty()) {
            throw new ConfigException(files.certificate() + ": holds no PEM certificate");
        }
        return chain.toArray(X509Certificate[]::new);
    }

    private static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
        String algorithm =
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(publicKey);
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException unlike) {
            return false;
        }
    }
}
