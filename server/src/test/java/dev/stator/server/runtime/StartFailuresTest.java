package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.server.launch.StartFailure;
import dev.stator.storage.disk.DirectoryLockedException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StartFailuresTest {
    private static final Path DIRECTORY = Path.of("data", "zone-a");

    @Test
    void aDirectoryInUseNamesItsHolderAlone() {
        assertThat(
                        StartFailures.ofDirectory(
                                        DIRECTORY,
                                        new DirectoryLockedException("data/zone-a", "process 7"))
                                .failure())
                .isEqualTo(new StartFailure.DirectoryInUse(DIRECTORY, "process 7"));
    }

    @Test
    void aDirectoryThatMayNotBeReadIsAQuestionOfPermission() {
        assertThat(
                        StartFailures.ofDirectory(DIRECTORY, new AccessDeniedException("zone-a"))
                                .failure())
                .isEqualTo(new StartFailure.NoPermission(DIRECTORY));
    }
}
