package dev.stator.tools.load;

import dev.stator.tools.client.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The processor time that a process has used, user and system, all threads, as Linux counts it in
 * /proc/PID/stat (proc(5)): in steps of 10 ms.
 */
public final class ProcessClock {
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String LISTENING = "0A";

    /** Fields after the command's name, from 0 on: utime and stime. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final int INODE = 9;

    private final Path stat;

    private ProcessClock(Path stat) {
        this.stat = stat;
    }

    /** This process. */
    public static ProcessClock self() {
        return new ProcessClock(Path.of("/proc/self/stat"));
    }

    /** The process that listens at an endpoint, if it is on this machine and may be looked into. */
    public static Optional<ProcessClock> of(Endpoint endpoint) {
        try {
            InetAddress address = endpoint.address().getAddress();
            return address.isLoopbackAddress()
                    ? listener(endpoint.port()).map(ProcessClock::new)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> listener(int port) throws IOException {
        Set<String> sockets = new LinkedHashSet<>();
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path path = Path.of(table);
            if (Files.isReadable(path)) {
                for (String line : Files.readAllLines(path)) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > INODE
                            && fields[1].endsWith(suffix)
                            && fields[3].equals(LISTENING)) {
                        sockets.add("socket:[" + fields[INODE] + "]");
                    }
                }
            }
        }
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holdsOne(process.resolve("fd"), sockets)) {
                    return Optional.of(process.resolve("stat"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holdsOne(Path descriptors, Set<String> sockets) {
        try (DirectoryStream<Path> each = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : each) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Another user's, or it ended while we looked.
            return false;
        }
        return false;
    }

    /** Nanoseconds of processor time so far; empty when the process has ended. */
    public Optional<Long> nanos() {
        try {
            String line = Files.readString(stat);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            return Optional.of(ticks * NANOS_PER_TICK);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
