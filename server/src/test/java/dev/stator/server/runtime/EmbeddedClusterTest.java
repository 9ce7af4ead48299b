package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.Endpoint;
import dev.stator.server.launch.RunningServer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {
    @Test
    void whoeverClosesItReturnsOnlyWhenItHasStopped(@TempDir Path directory) throws Exception {
        EmbeddedConfig config =
                new EmbeddedConfig(
                        new Endpoint("127.0.0.1", 0),
                        new DataLocation.Directory(directory),
                        ClientAccess.OPEN);
        RunningServer server = new ClusterLauncher().start(config);
        CountDownLatch closing = new CountDownLatch(1);
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            closing.countDown();
                            server.close();
                        });
        closing.await();
        server.close();
        // Its directories are free, whichever of the two was first.
        try (RunningServer again = new ClusterLauncher().start(config)) {
            assertThat(again.httpAddress().getPort()).isPositive();
        }
        other.join();
    }
}
