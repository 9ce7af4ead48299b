package dev.stator.server.runtime;

import dev.stator.server.config.Endpoint;
import dev.stator.server.launch.StartException;
import dev.stator.server.launch.StartFailure;
import dev.stator.storage.disk.DamagedFileException;
import dev.stator.storage.disk.DirectoryLockedException;
import dev.stator.storage.identity.MissingIdentityException;
import dev.stator.storage.store.StoreException;
import dev.stator.storage.wal.CorruptWalException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** What went wrong at a start, in the words that the command turns into one line. */
final class StartFailures {
    private StartFailures() {}

    static StartException ofDirectory(Path directory, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        return new StartException(
                switch (cause) {
                    case DirectoryLockedException locked ->
                            new StartFailure.DirectoryInUse(directory, locked.holder());
                    case AccessDeniedException denied -> new StartFailure.NoPermission(directory);
                    case MissingIdentityException missing ->
                            new StartFailure.OtherFormat(directory, reason);
                    case DamagedFileException damaged ->
                            new StartFailure.DamagedDirectory(directory, reason);
                    case CorruptWalException corrupt ->
                            new StartFailure.DamagedDirectory(directory, reason);
                    case StoreException store ->
                            new StartFailure.DamagedDirectory(directory, reason);
                    default -> new StartFailure.Other(directory + ": " + reason);
                });
    }

    static StartException ofListening(Endpoint endpoint, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean taken =
                (cause instanceof BindException && reason.contains("in use"))
                        || reason.contains("Address already in use");
        return new StartException(
                taken
                        ? new StartFailure.PortTaken(endpoint)
                        : new StartFailure.CannotListen(endpoint, reason));
    }
}
