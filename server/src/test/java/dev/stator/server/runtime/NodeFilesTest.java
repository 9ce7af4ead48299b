package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.identity.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFilesTest {
    @TempDir Path directory;

    private RunHistory run() throws IOException {
        try (NodeFiles files = NodeFiles.open(directory)) {
            files.markInitialized();
            return files.runs();
        }
    }

    @Test
    void everyRunIsCountedAndNamed() throws IOException {
        RunHistory first = run();
        RunHistory second = run();
        assertThat(second.incarnation()).isEqualTo(first.incarnation() + 1);
        assertThat(second.includes(first.incarnation(), first.name())).isTrue();
        assertThat(second.name()).isNotEqualTo(first.name());
    }

    @Test
    void aDirectoryThatLostItsRunsIsRefused() throws IOException {
        run();
        Files.delete(directory.resolve(RunHistory.FILE_NAME));
        assertThatThrownBy(this::run).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aDirectoryThatIsAnOlderCopyIsRefusedFromThenOn() throws IOException {
        try (NodeFiles files = NodeFiles.open(directory)) {
            files.markForgetful("others know later runs of it");
        }
        assertThatThrownBy(this::run)
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("others know later runs");
    }
}
