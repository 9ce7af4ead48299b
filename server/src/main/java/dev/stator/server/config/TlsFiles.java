package dev.stator.server.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the server's certificate and its key are, as PEM.
 *
 * @param certificate the server's own first, then those that vouch for it
 * @param key in PKCS #8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
    public List<Path> paths() {
        return List.of(certificate, key);
    }

    /**
     * What is in the file now.
     *
     * @throws ConfigException if it cannot be read
     */
    public String certificateText() {
        return ConfigFile.text(certificate);
    }

    /**
     * What is in the file now.
     *
     * @throws ConfigException if it cannot be read
     */
    public String keyText() {
        return ConfigFile.text(key);
    }
}
