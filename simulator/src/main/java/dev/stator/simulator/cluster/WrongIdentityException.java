package dev.stator.simulator.cluster;

import java.io.IOException;

/**
 * The directory is that of another node than the one which belongs to the cluster. The server finds
 * it by the record of the cluster's formation, which lists identities.
 */
final class WrongIdentityException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongIdentityException() {
        super("the directory holds another node's identity than the member's");
    }
}
