package dev.stator.server.runtime;

import dev.stator.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files anew when their content changes. What is in them is compared, not when they were
 * written: files that are swapped by way of a symbolic link, or restored with their old times, are
 * noticed too. Content that is refused changes nothing; it is reported once, and looked at again
 * when it changes again.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    /** Between two looks. */
    private static final long PERIOD_MILLIS = 1_000;

    /** Files that are longer are not looked at: none of those that are watched is. */
    private static final int FILE_BYTES_MAX = 8 << 20;

    /** What becomes of the files. */
    interface Reader {
        /**
         * Takes the files as they are now, or leaves everything as it was.
         *
         * @throws ConfigException if they cannot be used
         */
        void read();
    }

    private final List<Path> files;
    private final Reader reader;

    /** Nothing at first: what was read before the watch began may have changed meanwhile. */
    private List<byte[]> seen = List.of();

    private final Thread thread;

    /**
     * @param files are taken at the first look, and whenever one of them has changed
     */
    FileWatch(List<Path> files, Reader reader) {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.thread = Thread.ofVirtual().name("file-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(PERIOD_MILLIS);
                look();
            }
        } catch (InterruptedException closed) {
            LOG.debug("nobody watches {} any more", files);
        }
    }

    /** Takes the files if they have changed since the last look. */
    synchronized void look() {
        List<byte[]> now = contents();
        if (isSame(now, seen)) {
            return;
        }
        seen = now;
        try {
            reader.read();
            LOG.info("read anew: {}", files);
        } catch (ConfigException refused) {
            LOG.error("{}; what was read before stays in use", refused.line());
        }
    }

    private static boolean isSame(List<byte[]> now, List<byte[]> before) {
        boolean same = now.size() == before.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = Arrays.equals(now.get(i), before.get(i));
        }
        return same;
    }

    /** One element for each file; empty for one that cannot be read. */
    private List<byte[]> contents() {
        return files.stream().map(FileWatch::content).toList();
    }

    private static byte[] content(Path file) {
        try {
            return Files.size(file) <= FILE_BYTES_MAX ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
