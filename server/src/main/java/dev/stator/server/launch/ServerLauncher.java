package dev.stator.server.launch;

import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.NodeConfig;

/**
 * Starts servers. A call returns when the server answers clients, or fails and leaves nothing
 * behind.
 */
public interface ServerLauncher {

    /** Starts a cluster of three storage nodes in this process. */
    RunningServer start(EmbeddedConfig config) throws StartException, InterruptedException;

    /**
     * Starts one node of a cluster. Waits without bound for the other nodes where the cluster is
     * not formed yet; an interrupt ends that.
     */
    RunningServer start(NodeConfig config) throws StartException, InterruptedException;
}
