package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.server.config.CredentialsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {
    private final Path file;
    private final AccessKeys keys;
    private final FileWatch watch;

    AccessKeysTest(@TempDir Path directory) throws Exception {
        file = directory.resolve("keys.yaml");
        write("credentials: [{accessKeyId: old, secretAccessKey: s, account: '000000000001'}]");
        keys = new AccessKeys(CredentialsFile.read(file));
        watch = new FileWatch(List.of(file), () -> keys.read(file));
    }

    private void write(String text) throws Exception {
        Files.writeString(file, text);
    }

    @Test
    void aNewFileReplacesAllKeys() throws Exception {
        write("credentials: [{accessKeyId: new, secretAccessKey: s, account: '000000000002'}]");
        watch.look();
        assertThat(keys.find("new").orElseThrow().accountId()).isEqualTo("000000000002");
        assertThat(keys.find("old")).isEmpty();
    }

    @Test
    void aFileThatCannotBeUsedLeavesTheKeysAsTheyWere() throws Exception {
        for (String bad : List.of("credentials: [{accessKeyId: x}]", "credentials: []", "{", "")) {
            write(bad);
            watch.look();
            assertThat(keys.find("old")).isPresent();
        }
        Files.delete(file);
        watch.look();
        assertThat(keys.find("old")).isPresent();
        write("credentials: [{accessKeyId: new, secretAccessKey: s}]");
        watch.look();
        assertThat(keys.find("new")).isPresent();
    }

    @Test
    void aFileIsReadOnceForEachChange() throws Exception {
        int[] reads = {0};
        FileWatch counting = new FileWatch(List.of(file), () -> reads[0]++);
        counting.look();
        counting.look();
        assertThat(reads[0]).isEqualTo(1);
        write("credentials: [{accessKeyId: new, secretAccessKey: s}]");
        counting.look();
        counting.look();
        assertThat(reads[0]).isEqualTo(2);
    }
}
