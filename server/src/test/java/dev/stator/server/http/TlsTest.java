package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.server.auth.SigV4Verifier;
import dev.stator.server.config.ConfigException;
import dev.stator.server.config.TlsFiles;
import dev.stator.server.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final String REQUEST =
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                    + "Content-Type: application/x-amz-json-1.0\r\nAuthorization: AWS4-HMAC-SHA256"
                    + " Credential=a/20300101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b\r\n"
                    + "X-Amz-Date: 20300101T000000Z\r\nContent-Length: 33\r\n%s\r\n"
                    + "{\"ExclusiveStartTableName\":\"abc\"}";

    private final Path directory;
    private final TlsFiles first;
    private final TlsFiles second;
    private final TlsFiles used;
    private final TlsIdentity identity;
    private final HttpServer server;

    TlsTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        first = Certificates.make(directory, "first", "EC");
        Certificates.make(directory, "other", "EC");
        second = Certificates.make(directory, "second", "RSA");
        used = new TlsFiles(directory.resolve("used.crt"), directory.resolve("used.key"));
        use(first.certificate(), first.key());
        identity = new TlsIdentity(used);
        HttpServerConfig config =
                new HttpServerConfig(
                        "127.0.0.1", 0, 1, "us-west-2", Servers.LIMITS, Servers.TIMEOUTS);
        server =
                HttpServer.start(
                        config, Optional.of(identity), SigV4Verifier.permissive(), Servers.ECHO);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void use(Path certificate, Path key) throws IOException {
        Files.writeString(used.certificate(), Files.readString(certificate));
        Files.writeString(used.key(), Files.readString(key));
    }

    private SSLSocket connect(TlsFiles trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(trusted.certificate())) {
            store.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket("127.0.0.1", server.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String readToEnd(SSLSocket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    private static void send(SSLSocket socket, String more) throws IOException {
        socket.getOutputStream().write(REQUEST.formatted(more).getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void requestsAreAnsweredAndTheEndIsSaid() throws Exception {
        identity.read();
        try (SSLSocket socket = connect(first)) {
            send(socket, "");
            send(socket, "Connection: close\r\n");
            // Without the word that it is the end, this would throw.
            assertThat(readToEnd(socket).split("HTTP/1.1 200 OK", -1)).hasSize(3);
        }
    }

    @Test
    void aRenewedCertificateIsOfferedToNewConnections() throws Exception {
        try (SSLSocket before = connect(first)) {
            before.startHandshake();
            use(second.certificate(), second.key());
            identity.read();
            try (SSLSocket after = connect(second)) {
                after.startHandshake();
                X509Certificate offered =
                        (X509Certificate) after.getSession().getPeerCertificates()[0];
                assertThat(offered.getSubjectX500Principal().getName()).isEqualTo("CN=second");
            }
            send(before, "Connection: close\r\n");
            assertThat(readToEnd(before)).contains("200 OK");
        } finally {
            use(first.certificate(), first.key());
            identity.read();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first.crt | second.key | is not a private key of the certificate's kind, EC",
                "other.crt | first.key  | is not the key of the certificate in",
                "first.key | first.key  | is not a PEM certificate",
                "first.crt | first.crt  | holds no PEM private key",
                "first.crt | old.key    | holds a key of the form 'EC PRIVATE KEY'; convert it",
            })
    void filesThatCannotBeUsedLeaveTheOldOnesInUse(String certificate, String key, String why)
            throws Exception {
        Files.writeString(
                directory.resolve("old.key"),
                Files.readString(first.key()).replace("PRIVATE KEY", "EC PRIVATE KEY"));
        try {
            use(directory.resolve(certificate), directory.resolve(key));
            assertThatThrownBy(identity::read)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(why);
            try (SSLSocket socket = connect(first)) {
                socket.startHandshake();
            }
        } finally {
            use(first.certificate(), first.key());
        }
    }

    @Test
    void whoeverDoesNotSpeakTlsIsHungUpOn() throws Exception {
        try (Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            plain.setSoTimeout(60_000);
            plain.getOutputStream().write(REQUEST.formatted("").getBytes(US_ASCII));
            String answer = new String(plain.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).doesNotContain("HTTP/1.1");
        }
        try (SSLSocket stranger = connect(second)) {
            assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLException.class);
        }
    }
}
