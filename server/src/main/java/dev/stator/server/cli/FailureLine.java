package dev.stator.server.cli;

import dev.stator.server.launch.StartFailure;

/**
 * What is said of a server that did not start, and how the process ends.
 *
 * @param text one line, without the name of the program
 */
record FailureLine(String text, ExitCode exitCode) {

    static FailureLine of(StartFailure failure, PortHolder ports) {
        return switch (failure) {
            case StartFailure.PortTaken(var endpoint) ->
                    new FailureLine(
                            "port %d on %s is in use%s; stop that, or choose another port"
                                    .formatted(
                                            endpoint.port(),
                                            endpoint.host(),
                                            ports.find(endpoint.port())
                                                    .map(" by "::concat)
                                                    .orElse("")),
                            ExitCode.PORT);
            case StartFailure.CannotListen(var endpoint, var reason) ->
                    new FailureLine("cannot listen on " + endpoint + ": " + reason, ExitCode.PORT);
            case StartFailure.DirectoryInUse(var directory, var holder) ->
                    new FailureLine(
                            "the data directory %s is in use by %s; stop that, or choose another directory"
                                    .formatted(directory, holder),
                            ExitCode.DIRECTORY_IN_USE);
            case StartFailure.OtherFormat(var directory, var found) ->
                    new FailureLine(
                            "the data directory %s cannot be used by this version of Stator: %s"
                                    .formatted(directory, found),
                            ExitCode.DIRECTORY_UNREADABLE);
            case StartFailure.DamagedDirectory(var directory, var reason) ->
                    new FailureLine(
                            "the data directory %s is damaged: %s".formatted(directory, reason),
                            ExitCode.DIRECTORY_UNREADABLE);
            case StartFailure.NoPermission(var path) ->
                    new FailureLine(
                            "no permission for %s (running as %s)"
                                    .formatted(path, System.getProperty("user.name")),
                            ExitCode.NO_PERMISSION);
            case StartFailure.NotInCluster(var reason) ->
                    new FailureLine(reason, ExitCode.NOT_IN_CLUSTER);
            case StartFailure.Other(var reason) -> new FailureLine(reason, ExitCode.FAILED);
        };
    }
}
