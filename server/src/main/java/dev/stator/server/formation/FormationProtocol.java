package dev.stator.server.formation;

import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides when and as what a cluster is formed. Pure: hellos come in, effects go out.
 *
 * <pre>
 *  UNFORMED ──the first of the list has heard all others, all unformed──► writes the genesis ──► FORMED
 *     │
 *     └──a hello brings a genesis that lists this directory──► writes it ──► FORMED
 * </pre>
 *
 * <p>Only the first node of the list makes a genesis, and only while every node of the list, itself
 * included, has told it that it belongs to none. It lists the identities of their directories at
 * that moment; a directory that was emptied since then has another identity and takes no genesis
 * that lists the old one. So no two nodes ever belong to different beginnings of one list, and a
 * node that lost its disk does not come back as if nothing had happened.
 */
public final class FormationProtocol {
    /** Where the effects go; none may call back. */
    public interface Port {
        void send(String name, Hello hello);

        /** Makes the genesis durable, then calls {@link #onPersisted}. */
        void persist(Genesis genesis);

        /** This directory is not, and will not become, a member of the cluster. */
        void refused(String reason);
    }

    private static final NodeId NOBODY = new NodeId(0, 0);

    private final String name;
    private final NodeId node;
    private final List<String> names;
    private final Map<String, String> zones;
    private final String nodeList;
    private final UUID freshClusterId;
    private final Port port;
    private final Map<String, Hello> heard = new LinkedHashMap<>();
    private Optional<Genesis> genesis;
    private boolean writing;

    /**
     * What a node knows from its configuration.
     *
     * @param zones of all nodes by name, in the order of the list
     * @param nodeList the list as one line, to be compared with the others'
     */
    public record Place(String name, NodeId node, Map<String, String> zones, String nodeList) {}

    /**
     * Begins.
     *
     * @param genesis what the directory holds
     * @param freshClusterId used if this node makes the genesis
     */
    public FormationProtocol(
            Place place, Optional<Genesis> genesis, UUID freshClusterId, Port port) {
        this.name = place.name();
        this.node = place.node();
        this.zones = new LinkedHashMap<>(place.zones());
        this.names = List.copyOf(zones.keySet());
        this.nodeList = place.nodeList();
        this.genesis = genesis;
        this.freshClusterId = freshClusterId;
        this.port = port;
    }

    /** The cluster this node belongs to, once that is durable. */
    public Optional<Genesis> formed() {
        return genesis;
    }

    /** To be called now and then while the cluster is not formed everywhere: hellos may be lost. */
    public void onTick() {
        for (String other : names) {
            Hello last = heard.get(other);
            boolean settled = genesis.isPresent() && last != null && last.genesis().isPresent();
            if (!other.equals(name) && !settled) {
                port.send(other, hello(other, true));
            }
        }
    }

    private Hello hello(String to, boolean answered) {
        Hello last = heard.get(to);
        NodeId receiver = last == null ? NOBODY : last.node();
        return new Hello(name, node, receiver, nodeList, genesis, answered);
    }

    public void onHello(Hello hello) {
        if (!names.contains(hello.name()) || hello.name().equals(name)) {
            return;
        }
        if (!hello.nodeList().equals(nodeList)) {
            if (genesis.isEmpty()) {
                port.refused(
                        "the configurations of '%s' and '%s' differ: one lists %s, the other %s"
                                .formatted(name, hello.name(), nodeList, hello.nodeList()));
            }
            return;
        }
        heard.put(hello.name(), hello);
        if (hello.answered()) {
            port.send(hello.name(), hello(hello.name(), false));
        }
        if (genesis.isEmpty() && !writing) {
            consider(hello);
        }
    }

    private void consider(Hello hello) {
        if (hello.genesis().isPresent()) {
            Genesis theirs = hello.genesis().get();
            if (theirs.lists(name, node)) {
                write(theirs);
            } else {
                port.refused(
                        "node '%s' already belongs to cluster %s, in which '%s' was another data directory (node %s);"
                                        .formatted(
                                                hello.name(),
                                                theirs.clusterId(),
                                                name,
                                                theirs.founder(name)
                                                        .map(f -> f.node().toString())
                                                        .orElse("none"))
                                + " this directory is a new node and not a member");
            }
        } else if (names.getFirst().equals(name) && heard.size() == names.size() - 1) {
            makeGenesis();
        }
    }

    private void makeGenesis() {
        List<Genesis.Founder> members = new ArrayList<>();
        for (String member : names) {
            Hello hello = heard.get(member);
            // A hello that names another identity was meant for a directory that is no more: it
            // says nothing of now.
            boolean late = hello != null && !hello.receiver().equals(node);
            if (late || (hello != null && hello.genesis().isPresent())) {
                return;
            }
            NodeId id = hello == null ? node : hello.node();
            members.add(new Genesis.Founder(member, zones.getOrDefault(member, ""), id));
        }
        write(new Genesis(freshClusterId, members));
    }

    private void write(Genesis chosen) {
        writing = true;
        port.persist(chosen);
    }

    /** The genesis is on disk. */
    public void onPersisted(Genesis written) {
        writing = false;
        genesis = Optional.of(written);
        for (String other : names) {
            if (!other.equals(name)) {
                port.send(other, hello(other, false));
            }
        }
    }
}
