package dev.stator.server.launch;

import dev.stator.server.config.Endpoint;
import java.nio.file.Path;

/**
 * Why a server did not start. Each one becomes one line for the operator and an exit code of its
 * own.
 */
public sealed interface StartFailure {

    /** Somebody else listens there. */
    record PortTaken(Endpoint endpoint) implements StartFailure {}

    /**
     * The system does not let this process listen there: not an address of this machine, or a port
     * for root only.
     */
    record CannotListen(Endpoint endpoint, String reason) implements StartFailure {}

    /**
     * Another process, or another node of this one, uses the directory.
     *
     * @param holder who, for example "process 4711"
     */
    record DirectoryInUse(Path directory, String holder) implements StartFailure {}

    /**
     * The directory was written by another version of the program, or by another program.
     *
     * @param found what was found, for example "format version 7, this program reads 1"
     */
    record OtherFormat(Path directory, String found) implements StartFailure {}

    record NoPermission(Path path) implements StartFailure {}

    /** Files are missing or not as they were written. */
    record DamagedDirectory(Path directory, String reason) implements StartFailure {}

    /**
     * The node is not a member of the cluster that its configuration names, or the configurations
     * differ.
     */
    record NotInCluster(String reason) implements StartFailure {}

    /** Anything else, in one line. */
    record Other(String reason) implements StartFailure {}
}
