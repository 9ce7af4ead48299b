package dev.stator.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What both disks do alike. */
abstract class DiskContractTest {

    /** Takes the disk under test, the same one at each call within a test. */
    abstract Disk open() throws IOException;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        try (Disk disk = open()) {
            try (DiskFile file = disk.create("a")) {
                file.write(bytes("hello"), 3);
                file.sync();
            }
            disk.syncDirectory();
        }
        try (Disk disk = open();
                DiskFile file = disk.open("a")) {
            assertThat(file.size()).isEqualTo(8);
            assertThat(read(file, 0, 8)).isEqualTo("\0\0\0hello");
            assertThat(read(file, 4, 3)).isEqualTo("ell");
        }
    }

    @Test
    void readingPastTheEndFails() throws IOException {
        try (Disk disk = open();
                DiskFile file = disk.create("a")) {
            file.write(bytes("hello"), 0);
            assertThatThrownBy(() -> read(file, 2, 4)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aTruncatedFileGrowsAgainWithZeros() throws IOException {
        try (Disk disk = open();
                DiskFile file = disk.create("a")) {
            file.write(bytes("hello"), 0);
            file.truncate(1);
            assertThat(file.size()).isEqualTo(1);
            file.write(bytes("x"), 3);
            assertThat(read(file, 0, 4)).isEqualTo("h\0\0x");
        }
    }

    @Test
    void filesAreListedRenamedAndDeleted() throws IOException {
        try (Disk disk = open()) {
            disk.create("b").close();
            disk.create("a").close();
            disk.subdirectory("c").close();
            assertThat(disk.list()).containsExactly("a", "b", "c");
            disk.rename("b", "a");
            assertThat(disk.list()).containsExactly("a", "c");
            disk.delete("a");
            assertThat(disk.list()).containsExactly("c");
        }
    }

    @Test
    void aNameIsCreatedOnceAndOpenedOnlyWhereItExists() throws IOException {
        try (Disk disk = open()) {
            disk.create("a").close();
            assertThatThrownBy(() -> disk.create("a")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> disk.open("b")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> disk.delete("b")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> disk.rename("b", "c")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSubdirectoryIsADirectoryOfItsOwn() throws IOException {
        try (Disk disk = open()) {
            try (Disk child = disk.subdirectory("wal")) {
                child.create("a").close();
                child.syncDirectory();
            }
            try (Disk child = disk.subdirectory("wal")) {
                assertThat(child.list()).containsExactly("a");
            }
            assertThat(disk.list()).containsExactly("wal");
        }
    }

    @Test
    void aHeldDirectoryIsRefusedUntilItIsGivenFree() throws IOException {
        Disk disk = open();
        assertThatThrownBy(this::open)
                .isInstanceOf(DirectoryLockedException.class)
                .hasMessageContaining("in use by");
        disk.close();
        open().close();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String read(DiskFile file, long position, int length) throws IOException {
        byte[] target = new byte[length];
        file.read(ByteBuffer.wrap(target), position);
        return new String(target, StandardCharsets.US_ASCII);
    }
}
