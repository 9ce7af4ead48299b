package dev.stator.server.runtime;

import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.NodeConfig;
import dev.stator.server.launch.RunningServer;
import dev.stator.server.launch.ServerLauncher;
import dev.stator.server.launch.StartException;

/** Starts clusters: all nodes in this process, or this process as one node. */
public final class ClusterLauncher implements ServerLauncher {
    @Override
    public RunningServer start(EmbeddedConfig config) throws StartException, InterruptedException {
        return new EmbeddedCluster(config);
    }

    @Override
    public RunningServer start(NodeConfig config) throws StartException, InterruptedException {
        return new NodeProcess(config);
    }
}
