package dev.stator.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest extends DiskContractTest {
    @TempDir Path directory;

    @Override
    Disk open() throws IOException {
        return FileDisk.open(directory.resolve("data/node"));
    }

    @Test
    void theRefusalNamesTheProcessThatHoldsTheDirectory() throws IOException {
        try (Disk held = open()) {
            assertThat(held.list()).isEmpty();
            assertThatThrownBy(this::open)
                    .hasMessage(
                            directory.resolve("data/node")
                                    + " is in use by process "
                                    + ProcessHandle.current().pid());
        }
    }

    @Test
    void aDirectoryHeldByAnotherProcessIsRefused() throws Exception {
        Path source = directory.resolve("Holder.java");
        Files.writeString(
                source,
                """
                import java.nio.channels.*; import java.nio.file.*;
                class Holder { public static void main(String[] a) throws Exception {
                  FileChannel c = FileChannel.open(Path.of(a[0]), StandardOpenOption.WRITE);
                  System.out.println(c.lock().isValid()); System.in.read(); } }
                """);
        open().close();
        Path lock = directory.resolve("data/node/lock");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process holder =
                new ProcessBuilder(java.toString(), "-Xshare:auto", source.toString(), lock + "")
                        .start();
        try (var ready = holder.inputReader()) {
            assertThat(Objects.requireNonNull(ready.readLine())).isEqualTo("true");
            assertThatThrownBy(this::open).isInstanceOf(DirectoryLockedException.class);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        open().close();
    }
}
