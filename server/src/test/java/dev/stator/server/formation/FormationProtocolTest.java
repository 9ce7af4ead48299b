package dev.stator.server.formation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FormationProtocolTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    /**
     * Nodes whose hellos are lost and reordered, which crash at any step, and some of whose disks
     * are emptied.
     */
    private static final class Nodes {
        final SplittableRandom random;
        final Map<String, FormationProtocol> running = new LinkedHashMap<>();
        final Map<String, NodeId> identities = new LinkedHashMap<>();
        final Map<String, Genesis> disks = new LinkedHashMap<>();
        final List<Runnable> pending = new ArrayList<>();
        final List<Runnable> writes = new ArrayList<>();
        final List<String> refusals = new ArrayList<>();
        long ids;

        Nodes(long seed) {
            random = new SplittableRandom(seed);
            NAMES.forEach(this::wipe);
        }

        void wipe(String name) {
            identities.put(name, new NodeId(++ids, ids));
            disks.remove(name);
            start(name);
        }

        void start(String name) {
            Map<String, String> zones = new LinkedHashMap<>();
            NAMES.forEach(other -> zones.put(other, "zone-" + other));
            NodeId id = identities.getOrDefault(name, new NodeId(0, 0));
            FormationProtocol.Port port =
                    new FormationProtocol.Port() {
                        @Override
                        public void send(String to, Hello hello) {
                            Hello carried = Hello.decode(hello.encode());
                            pending.add(() -> {
                                FormationProtocol target = running.get(to);
                                if (target != null && random.nextInt(6) > 0) {
                                    target.onHello(carried);
                                }
                            });
                        }

                        @Override
                        public void persist(Genesis genesis) {
                            writes.add(() -> persisted(name, id, genesis));
                        }

                        @Override
                        public void refused(String reason) {
                            refusals.add(name + ": " + reason);
                        }
                    };
            running.put(
                    name,
                    new FormationProtocol(
                            new FormationProtocol.Place(name, id, zones, "the list"),
                            Optional.ofNullable(disks.get(name)),
                            new UUID(++ids, 0),
                            port));
        }

        private FormationProtocol receiver(String name) {
            FormationProtocol protocol = running.get(name);
            assertThat(protocol).isNotNull();
            return protocol;
        }

        /** The write is lost where the node crashed meanwhile, or its disk was emptied. */
        private void persisted(String name, NodeId id, Genesis genesis) {
            if (id.equals(identities.get(name)) && random.nextInt(4) > 0) {
                disks.put(name, Genesis.decode(genesis.encode()));
                if (random.nextInt(4) > 0) {
                    receiver(name).onPersisted(genesis);
                } else {
                    start(name);
                }
            } else {
                start(name);
            }
        }

        void step() {
            List<Runnable> due = List.copyOf(writes);
            writes.clear();
            due.forEach(Runnable::run);
            if (pending.isEmpty() || random.nextInt(5) == 0) {
                running.values().forEach(FormationProtocol::onTick);
            } else {
                pending.remove(random.nextInt(pending.size())).run();
            }
        }
    }

    @Test
    void allTakeOneBeginningWhateverCrashes() {
        for (long seed = 0; seed < 500; seed++) {
            Nodes nodes = new Nodes(seed);
            for (int i = 0; i < 400; i++) {
                nodes.step();
                if (nodes.random.nextInt(40) == 0) {
                    nodes.start(NAMES.get(nodes.random.nextInt(3)));
                }
                assertThat(new LinkedHashSet<>(nodes.disks.values()))
                        .as("seed " + seed)
                        .hasSizeLessThanOrEqualTo(1);
            }
            for (int i = 0; i < 5_000 && nodes.disks.size() < 3; i++) {
                nodes.step();
            }
            assertThat(nodes.disks.keySet())
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(NAMES);
            assertThat(nodes.refusals).isEmpty();
        }
    }

    @Test
    void anEmptiedDirectoryNeverComesBackAsTheMemberItWas() {
        for (long seed = 0; seed < 500; seed++) {
            Nodes nodes = new Nodes(seed);
            for (int i = 0; i < 5_000 && nodes.disks.size() < 3; i++) {
                nodes.step();
            }
            Set<Genesis> first = new LinkedHashSet<>(nodes.disks.values());
            String victim = NAMES.get(nodes.random.nextInt(3));
            nodes.wipe(victim);
            nodes.refusals.clear();
            for (int i = 0; i < 200; i++) {
                nodes.step();
            }
            assertThat(nodes.disks).as("seed " + seed).doesNotContainKey(victim);
            assertThat(nodes.disks.values()).allMatch(first::contains);
            assertThat(nodes.refusals)
                    .anyMatch(
                            reason -> reason.startsWith(victim) && reason.contains("not a member"));
        }
    }

    @Test
    void nothingIsFormedUntilEveryNodeWasHeard() {
        Nodes nodes = new Nodes(1);
        nodes.running.remove("c");
        for (int i = 0; i < 50; i++) {
            nodes.running.values().forEach(FormationProtocol::onTick);
            List<Runnable> batch = List.copyOf(nodes.pending);
            nodes.pending.clear();
            batch.forEach(Runnable::run);
        }
        assertThat(nodes.disks).isEmpty();
    }
}
