package dev.stator.storage.disk;

import java.io.IOException;
import java.util.List;

/**
 * One directory, held exclusively, and its files. Nothing is durable before it was synced: the
 * content of a file by {@link DiskFile#sync}, its name (creation, renaming, deletion) by {@link
 * #syncDirectory}. Not thread-safe: one owner at a time.
 *
 * <p>Every method fails with an IOException when the device does. After a failed sync nobody knows
 * what is on the device, and the system may report the next sync as done without having written the
 * pages that failed (the finding of PostgreSQL known as "fsyncgate"); the owner must stop using the
 * files concerned.
 */
public interface Disk extends AutoCloseable {

    /** The names of the files and subdirectories, in their natural order. */
    List<String> list() throws IOException;

    /** Creates a file and opens it; fails where the name is taken. */
    DiskFile create(String name) throws IOException;

    /** Opens a file for reading and writing; fails where there is none. */
    DiskFile open(String name) throws IOException;

    /** Removes a file; fails where there is none. */
    void delete(String name) throws IOException;

    /** Renames a file in one step, replacing a file that has the new name. */
    void rename(String from, String to) throws IOException;

    /** Makes every creation, renaming and deletion so far durable. */
    void syncDirectory() throws IOException;

    /**
     * Opens a directory inside this one, creating it where missing; its creation is durable when
     * this returns. It is covered by the exclusive hold on this one and has to be closed before it.
     */
    Disk subdirectory(String name) throws IOException;

    /** Gives the directory free. Open files have to be closed before. */
    @Override
    void close() throws IOException;
}
