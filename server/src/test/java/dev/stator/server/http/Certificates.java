package dev.stator.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stator.server.config.TlsFiles;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Certificates for tests, made by the JDK's own keytool. */
final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();

    private Certificates() {}

    /** A certificate that vouches for itself, for localhost. */
    static TlsFiles make(Path directory, String name, String algorithm) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        System.getProperty("java.home") + "/bin/keytool",
                                        "-genkeypair",
                                        "-alias",
                                        "a",
                                        "-keyalg",
                                        algorithm,
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "SAN=dns:localhost,ip:127.0.0.1",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        new String(PASSWORD)))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new TlsFiles(
                Files.writeString(
                        directory.resolve(name + ".crt"),
                        pem("CERTIFICATE", keys.getCertificate("a").getEncoded())),
                Files.writeString(
                        directory.resolve(name + ".key"),
                        pem("PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded())));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    }
}
