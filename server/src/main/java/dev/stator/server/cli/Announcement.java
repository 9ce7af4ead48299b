package dev.stator.server.cli;

import dev.stator.server.config.ClientAccess;
import dev.stator.server.config.ClusterNode;
import dev.stator.server.config.Credential;
import dev.stator.server.config.DataLocation;
import dev.stator.server.config.EmbeddedConfig;
import dev.stator.server.config.Endpoint;
import dev.stator.server.config.NodeConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** What is said once a server runs: what it is, where it is, and a command to try. */
final class Announcement {
    private Announcement() {}

    static List<String> embedded(EmbeddedConfig config, InetSocketAddress http) {
        String data =
                switch (config.data()) {
                    case DataLocation.InMemory ignored ->
                            "in memory only, gone when this process ends";
                    case DataLocation.Directory(var path) ->
                            path.toAbsolutePath().normalize().toString();
                };
        return List.of(
                "Stator runs: storage nodes in zones %s, a request router, MemDS and auto-admin, in this process"
                        .formatted(String.join(", ", EmbeddedConfig.ZONES)),
                "  endpoint  "
                        + url(config.access(), http)
                        + "   "
                        + keys(config.access().credentials()),
                "  data      " + data,
                "  try       " + tryIt(config.access(), http),
                "Ctrl-C stops it.");
    }

    static List<String> node(NodeConfig config, InetSocketAddress http) {
        ClusterNode self = config.self();
        return List.of(
                "Stator runs: node %s in zone %s, one of %d"
                        .formatted(self.name(), self.zone(), config.nodes().size()),
                "  endpoint  "
                        + url(config.access(), http)
                        + "   "
                        + keys(config.access().credentials()),
                "  rpc       " + self.rpc(),
                "  data      " + self.dataDir(),
                "  try       " + tryIt(config.access(), http),
                "Ctrl-C stops it.");
    }

    private static String keys(List<Credential> credentials) {
        return switch (credentials.size()) {
            case 0 -> "(any access key is accepted)";
            case 1 -> "(one access key is configured)";
            default -> "(%d access keys are configured)".formatted(credentials.size());
        };
    }

    private static String tryIt(ClientAccess access, InetSocketAddress http) {
        List<Credential> credentials = access.credentials();
        String id = credentials.isEmpty() ? "any" : credentials.getFirst().accessKeyId();
        String secret = credentials.isEmpty() ? "any" : "...";
        return "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s aws dynamodb list-tables --region %s --endpoint-url %s"
                .formatted(id, secret, access.regionName(), url(access, http));
    }

    private static String url(ClientAccess access, InetSocketAddress http) {
        InetAddress address = http.getAddress();
        // 127.0.0.2 is this machine too, but localhost does not lead to it.
        boolean localhost =
                address.isAnyLocalAddress() || address.getHostAddress().equals("127.0.0.1");
        return (access.tls().isPresent() ? "https://" : "http://")
                + new Endpoint(localhost ? "localhost" : address.getHostAddress(), http.getPort());
    }
}
