package dev.stator.storage.identity;

import java.io.IOException;
import java.util.List;

/**
 * A data directory holds files but not the identity of the node they belong to. To go on with a new
 * identity would make a node that has forgotten its votes look like one that never voted.
 */
public final class MissingIdentityException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingIdentityException(String directory, List<String> found) {
        super(
                directory
                        + " holds "
                        + found
                        + " but no node identity. If it is the data directory of a node, restore"
                        + " its file '"
                        + NodeIdentity.FILE_NAME
                        + "'; for a new node, give an empty directory.");
    }
}
