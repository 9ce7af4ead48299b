package dev.stator.tools.profile;

import java.util.List;

/**
 * What a thread is about when it is seen in some code. The innermost frame that any of these knows
 * decides: a hash map's cost is that of who uses the map.
 */
public enum Activity {
    NETWORK(
            "network calls",
            "io.netty.channel.epoll.Native.epollWait",
            "io.netty.channel.unix.",
            "io.netty.channel.epoll.LinuxSocket",
            "sun.nio.ch.SocketDispatcher"),
    HAND_OVER(
            "hand-over between threads",
            "io.netty.channel.epoll.Native.eventFd",
            "java.util.concurrent.locks.LockSupport",
            "dev.stator.server.runtime.EventLoop"),
    SIGNATURE("signature", "dev.stator.server.auth."),
    JSON("JSON", "dev.stator.server.json.", "tools.jackson."),
    RESPONSE(
            "response",
            "dev.stator.server.http.Response",
            "dev.stator.server.http.HttpResponses",
            "dev.stator.server.http.Exchange"),
    HTTP("HTTP", "dev.stator.server.http.", "io.netty."),
    OPERATION(
            "operation and validation",
            "dev.stator.core.operations.",
            "dev.stator.model.validation.",
            "dev.stator.model.expression.",
            "dev.stator.model.capacity."),
    ROUTING("routing and metadata", "dev.stator.core.routing.", "dev.stator.core.metadata."),
    CONSENSUS("consensus", "dev.stator.replication.", "dev.stator.core.node."),
    LOG("log", "dev.stator.storage.wal.", "dev.stator.storage.disk.", "sun.nio.ch.FileDispatcher"),
    STORE("store", "org.rocksdb.", "dev.stator.storage.store.", "dev.stator.core.store."),
    PARTITION("partition", "dev.stator.core.partition.", "dev.stator.core.format."),
    MESSAGES("messages", "dev.stator.core.wire.", "dev.stator.server.rpc."),
    CONTROL("control plane", "dev.stator.core.autoadmin."),
    RUNTIME("runtime", "dev.stator.server.runtime.", "dev.stator.core.agenda."),
    OTHER("other code");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes no mutable one.
    private final List<String> prefixes;

    Activity(String label, String... prefixes) {
        this.label = label;
        this.prefixes = List.of(prefixes);
    }

    public String label() {
        return label;
    }

    /**
     * The activity that a stack shows.
     *
     * @param frames class and method, the innermost first
     */
    public static Activity of(List<String> frames) {
        for (String frame : frames) {
            for (Activity activity : values()) {
                for (String prefix : activity.prefixes) {
                    if (frame.startsWith(prefix)) {
                        return activity;
                    }
                }
            }
        }
        return OTHER;
    }
}
