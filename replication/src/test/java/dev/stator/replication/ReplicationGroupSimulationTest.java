package dev.stator.replication;

import static dev.stator.replication.GroupCluster.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.replication.GroupCluster.SimulatedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of one group, faults included; a failure names its seed. */
class ReplicationGroupSimulationTest {
    private static final int SEEDS = 80;

    @Test
    void aLeaderServesSoonAfterTheStart() {
        GroupCluster cluster = new GroupCluster(1, 3, 0, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        SimulatedNode leader = cluster.serving();
        assertThat(leader).isNotNull();
        assertThat(leader).isSameAs(cluster.nodes.getFirst());
    }

    @Test
    void anotherLeaderServesWithinThreeSecondsOfACrash() {
        GroupCluster cluster = new GroupCluster(2, 3, 0, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        SimulatedNode first = cluster.serving();
        assertThat(first).isNotNull();
        first.crash();
        cluster.runFor(2_000 * MILLIS);
        assertThat(cluster.serving()).isNotNull().isNotSameAs(first);
    }

    @Test
    void aMemberThatAloneCannotHearTheLeaderCausesNoElection() {
        GroupCluster cluster = new GroupCluster(3, 3, 0, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        SimulatedNode leader = cluster.serving();
        assertThat(leader).isNotNull();
        SimulatedNode deaf = cluster.nodes.getLast();
        cluster.cut(leader, deaf, true);
        int leaders = cluster.leadersSeen;
        cluster.runFor(20_000 * MILLIS);
        assertThat(cluster.leadersSeen).isEqualTo(leaders);
        assertThat(cluster.serving()).isSameAs(leader);
    }

    @Test
    void aLeaderThatResignsIsReplacedBeforeItsLeaseWouldHaveEnded() {
        GroupCluster cluster = new GroupCluster(4, 3, 0, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        SimulatedNode leader = cluster.serving();
        assertThat(leader).isNotNull();
        leader.group().resign(leader.clock());
        cluster.runFor(500 * MILLIS);
        assertThat(cluster.serving()).isNotNull().isNotSameAs(leader);
    }

    @Test
    void whatALeaderHasProposedIsOnDiskBeforeItBuildsOnItUnderAnother() {
        GroupCluster cluster = new GroupCluster(8, 3, 0, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        SimulatedNode leader = cluster.serving();
        assertThat(leader).isNotNull();
        assertThat(leader.propose()).isTrue();
        cluster.runFor(100 * MILLIS);
        cluster.nodes.getLast().crash(); // So that the next one needs this one's promise and log.
        assertThat(leader.proposeOnly()).isTrue();
        leader.group().resign(leader.clock());
        cluster.runFor(1_000 * MILLIS);
        SimulatedNode next = cluster.serving();
        assertThat(next).isNotNull().isNotSameAs(leader);
        next.propose();
        cluster.runFor(100 * MILLIS);
        long lastLsn = leader.group().lastLsn();
        leader.crash();
        leader.start();
        assertThat(leader.group().lastLsn()).isEqualTo(lastLsn);
    }

    @Test
    void nothingIsServedWithoutAQuorumAndEverythingOnceItIsBack() {
        GroupCluster cluster = new GroupCluster(5, 3, 0, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        cluster.nodes.get(1).crash();
        cluster.nodes.get(2).crash();
        cluster.runFor(1_500 * MILLIS);
        assertThat(cluster.serving()).isNull();
        cluster.nodes.get(1).start();
        cluster.runFor(4_000 * MILLIS);
        assertThat(cluster.serving()).isNotNull();
    }

    @Test
    void aLogReplicaMakesAQuorumAndNeverLeads() {
        GroupCluster cluster = new GroupCluster(6, 2, 1, Timing.DEFAULT);
        cluster.runFor(600 * MILLIS);
        cluster.nodes.get(0).crash();
        cluster.runFor(3_000 * MILLIS);
        assertThat(cluster.serving()).isSameAs(cluster.nodes.get(1));
        cluster.nodes.get(1).crash();
        cluster.runFor(5_000 * MILLIS);
        assertThat(cluster.serving()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"network", "crashes", "everything"})
    void whatMustHoldHoldsUnderFaultsAndProgressFollowsThem(String faults) {
        long appliedInAll = 0;
        int leadersInAll = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                GroupCluster cluster = history(seed, faults);
                appliedInAll += cluster.applied;
                leadersInAll += cluster.leadersSeen;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " with faults: " + faults, e);
            }
        }
        assertThat(appliedInAll).isGreaterThan(SEEDS * 100L);
        assertThat(leadersInAll)
                .isGreaterThanOrEqualTo(faults.equals("network") ? SEEDS : SEEDS * 2);
    }

    private static GroupCluster history(long seed, String faults) {
        boolean five = seed % 5 == 0;
        GroupCluster cluster =
                new GroupCluster(
                        seed,
                        seed % 7 == 0 ? 2 : five ? 5 : 3,
                        seed % 7 == 0 ? 1 : 0,
                        Timing.DEFAULT);
        boolean network = !faults.equals("crashes");
        boolean crashes = !faults.equals("network");
        if (network) {
            cluster.lossRate = 0.05;
            cluster.repeatRate = 0.05;
            cluster.delayMaxNanos = 20 * MILLIS;
        }
        for (int step = 0; step < 300; step++) {
            disturb(cluster, network, crashes);
            SimulatedNode leader = cluster.serving();
            for (int i = cluster.random.nextInt(8); leader != null && i > 0; i--) {
                leader.propose();
            }
            cluster.runFor(cluster.random.nextInt(100) * MILLIS);
        }
        calm(cluster);
        long before = cluster.chosen.isEmpty() ? 0 : cluster.chosen.lastKey();
        cluster.runFor(10_000 * MILLIS);
        SimulatedNode leader = cluster.serving();
        assertThat(leader).as("somebody serves once faults stop").isNotNull();
        assertThat(leader.propose()).isTrue();
        cluster.runFor(3_000 * MILLIS);
        assertThat(cluster.chosen.lastKey()).isGreaterThan(before);
        for (SimulatedNode node : cluster.nodes) {
            assertThat(node.group().committedLsn())
                    .as("all know what is committed")
                    .isEqualTo(cluster.chosen.lastKey());
        }
        return cluster;
    }

    private static void disturb(GroupCluster cluster, boolean network, boolean crashes) {
        SimulatedNode a = cluster.nodes.get(cluster.random.nextInt(cluster.nodes.size()));
        SimulatedNode b = cluster.nodes.get(cluster.random.nextInt(cluster.nodes.size()));
        int dice = cluster.random.nextInt(100);
        if (network && dice < 4) {
            cluster.cut(a, b, true);
        } else if (network && dice < 12) {
            cluster.cut.clear();
        } else if (crashes && dice < 20 && a.up) {
            a.crash();
        } else if (crashes && dice < 22) {
            cluster.nodes.forEach(node -> {
                if (node.up) {
                    node.crash();
                }
            });
        } else if (crashes && dice < 45 && !a.up) {
            a.start();
        }
    }

    private static void calm(GroupCluster cluster) {
        cluster.cut.clear();
        cluster.lossRate = 0;
        cluster.repeatRate = 0;
        cluster.nodes.forEach(node -> {
            if (!node.up) {
                node.start();
            }
        });
    }
}
