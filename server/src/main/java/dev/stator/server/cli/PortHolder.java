package dev.stator.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which process listens on a TCP port, as far as Linux's /proc tells: the socket tables
 * name an inode for each listening socket, and the descriptors of a process link to it. Processes
 * of other users cannot be looked into.
 */
final class PortHolder {
    private static final String LISTEN = "0A";
    private static final int COMMAND_LENGTH_MAX = 80;

    private final Path proc;

    PortHolder(Path proc) {
        this.proc = proc;
    }

    /** For example {@code process 4711 (java -jar stator.jar)}; empty where it cannot be told. */
    Optional<String> find(int port) {
        try {
            Set<String> links = new LinkedHashSet<>();
            for (String table : List.of("net/tcp", "net/tcp6")) {
                addListeners(proc.resolve(table), port, links);
            }
            return links.isEmpty() ? Optional.empty() : holder(links);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A line is: number, local address:port in hexadecimal, remote one, state, four more, uid,
     * timeout, inode.
     */
    private static void addListeners(Path table, int port, Set<String> links) throws IOException {
        if (!Files.isReadable(table)) {
            return;
        }
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (String line : Files.readAllLines(table)) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN)) {
                links.add("socket:[" + fields[9] + "]");
            }
        }
    }

    private Optional<String> holder(Set<String> links) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holdsOne(process, links)) {
                    return Optional.of("process " + process.getFileName() + command(process));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holdsOne(Path process, Set<String> links) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && links.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Another user's, or it ended while we looked.
            return false;
        }
        return false;
    }

    private static String command(Path process) throws IOException {
        String line =
                new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                        .replace('\0', ' ')
                        .strip();
        if (line.isEmpty()) {
            return "";
        }
        return " ("
                + (line.length() > COMMAND_LENGTH_MAX
                        ? line.substring(0, COMMAND_LENGTH_MAX) + "…"
                        : line)
                + ")";
    }
}
