package dev.stator.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    private static final int REFUSED = 3;
    private static final int WAIT_SECONDS_MAX = 60;

    @TempDir Path directory;

    /** What another process does. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws IOException {
            try {
                DirectoryLock.acquire(Path.of(args[0])).close();
            } catch (DirectoryLockedException e) {
                System.exit(REFUSED);
            }
        }
    }

    private boolean anotherProcessMayLock() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherProcess.class.getName(),
                                directory.toString())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isIn(0, REFUSED);
        return process.exitValue() == 0;
    }

    @Test
    void aSecondAttemptOfTheSameProcessLeavesTheFirstLockInPlace() throws Exception {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory.resolve(".")))
                    .isInstanceOf(DirectoryLockedException.class);
            assertThat(anotherProcessMayLock()).isFalse();
        }
        assertThat(anotherProcessMayLock()).isTrue();
        DirectoryLock.acquire(directory).close();
    }
}
