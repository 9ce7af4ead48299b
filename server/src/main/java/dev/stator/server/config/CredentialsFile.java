package dev.stator.server.config;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The access keys that clients may sign with: the list {@code credentials}, in the configuration
 * file or in a file of its own.
 */
public final class CredentialsFile {
    public static final int CREDENTIALS_MAX = 10_000;

    private static final int ACCESS_KEY_LENGTH_MAX = 128;
    private static final int SECRET_LENGTH_MAX = 256;
    private static final int SESSION_TOKEN_LENGTH_MAX = 4096;

    private CredentialsFile() {}

    /**
     * Reads a file of its own. One without any key is refused: taken at its word it would let
     * everybody in.
     */
    public static List<Credential> read(Path file) {
        ConfigSection top = ConfigFile.section(ConfigFile.text(file), file);
        List<Credential> credentials = credentials(top);
        top.refuseOtherKeys();
        if (credentials.isEmpty()) {
            throw top.refuse("credentials", "names no access key");
        }
        return credentials;
    }

    static List<Credential> credentials(ConfigSection top) {
        List<Credential> credentials = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (ConfigSection section : top.sections("credentials", CREDENTIALS_MAX)) {
            Credential credential = credential(section);
            section.refuseOtherKeys();
            if (!keys.add(credential.accessKeyId())) {
                throw section.refuse(
                        "accessKeyId", "'" + credential.accessKeyId() + "' is given twice");
            }
            credentials.add(credential);
        }
        return credentials;
    }

    private static Credential credential(ConfigSection section) {
        Credential credential =
                new Credential(
                        section.requiredParsed(
                                "accessKeyId", visible("an access key id", ACCESS_KEY_LENGTH_MAX)),
                        section.requiredParsed(
                                "secretAccessKey",
                                visible("a secret access key", SECRET_LENGTH_MAX)),
                        section.parsed("account", CredentialsFile::account)
                                .orElse(Credential.DEFAULT_ACCOUNT_ID),
                        section.parsed(
                                "sessionToken",
                                visible("a session token", SESSION_TOKEN_LENGTH_MAX)),
                        section.parsed("expires", CredentialsFile::instant));
        if (credential.expires().isPresent() && credential.sessionToken().isEmpty()) {
            throw section.refuse("expires", "is for keys with a sessionToken only");
        }
        return credential;
    }

    private static String account(String text) {
        if (!text.matches("[0-9]{12}")) {
            throw new ConfigException("'" + text + "' is not an account of 12 digits");
        }
        return text;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ConfigException("'" + text + "' is not a time such as 2030-12-31T23:59:59Z");
        }
    }

    /** The value is not repeated in the message: it may be a secret. */
    private static Function<String, String> visible(String what, int lengthMax) {
        return text -> {
            if (text.length() > lengthMax || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new ConfigException(
                        "is not %s of 1 to %d visible ASCII characters".formatted(what, lengthMax));
            }
            return text;
        };
    }
}
