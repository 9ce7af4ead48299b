package dev.stator.core.autoadmin;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_B;
import static dev.stator.core.metadata.SampleTables.NODE_C;
import static dev.stator.core.metadata.SampleTables.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.autoadmin.SmallWorld.Faults;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is lost, delayed, repeated or crashes: once that ends, every table is active and
 * complete or gone without a trace. To replay a seed, run the test with it alone.
 */
class ControlPlaneChaosTest {
    private static final List<NodeId> NODES = List.of(NODE_A, NODE_B, NODE_C);
    private static final int CHAOS_MILLIS = 60_000;

    /** Longer than all waits of auto-admin together, the reading of everything anew included. */
    private static final int CALM_MILLIS = 90_000;

    /** No write is in doubt, so nothing waits until everything is read anew. */
    private static final int CALM_AFTER_ONE_FAULT_MILLIS = 15_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everythingSettlesAfterChaos(long seed) {
        SmallWorld world = new SmallWorld(seed);
        world.faults = Faults.MANY;
        world.lead(NODE_A);
        while (world.nowMillis < CHAOS_MILLIS) {
            world.run(10 + world.random.nextInt(300));
            act(world);
        }
        world.faults = Faults.NONE;
        NODES.forEach(world::restart);
        world.lead(NODES.get(world.random.nextInt(NODES.size())));
        world.run(CALM_MILLIS);
        assertThat(world.answers.values())
                .as("seed %s: something was achieved", seed)
                .anyMatch(AdminResponse.Table.class::isInstance);
        world.checkSettled();
    }

    private static void act(SmallWorld world) {
        Random random = world.random;
        NodeId node = NODES.get(random.nextInt(NODES.size()));
        int dice = random.nextInt(100);
        if (dice < 4) {
            if (world.up().size() == NODES.size()) {
                world.crash(node);
            }
        } else if (dice < 12) {
            world.restart(node);
        } else if (dice < 16) {
            world.host(node).restartMemDs();
        } else if (dice < 20 || world.systemLeader().isEmpty()) {
            world.lead(world.up().get(random.nextInt(world.up().size())));
        } else {
            NodeId asked = random.nextInt(4) == 0 ? node : world.systemLeader().orElse(node);
            world.ask(asked, request(random));
        }
    }

    private static AdminRequest request(Random random) {
        String name = "table-" + random.nextInt(6);
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> new AdminRequest.CreateTable(wanted(name));
            case 3, 4 -> new AdminRequest.DeleteTable(ACCOUNT, name);
            case 5 -> {
                long units = 1L + random.nextInt(100);
                yield new AdminRequest.UpdateTable(
                        ACCOUNT,
                        name,
                        new TableChange.Capacity(
                                Optional.empty(),
                                Optional.of(new ProvisionedThroughput(units, units)),
                                Optional.empty(),
                                new LinkedHashMap<>()));
            }
            case 6, 7 -> IndexWorkTest.add(name, "index-" + random.nextInt(2));
            case 8, 9 -> IndexWorkTest.drop(name, "index-" + random.nextInt(2));
            default -> new AdminRequest.DescribeTable(ACCOUNT, name);
        };
    }

    /** A creation and a deletion, with another leader from a certain message on. */
    @ParameterizedTest(name = "leader dies: {0}")
    @ValueSource(booleans = {true, false})
    void theLeaderMayChangeAtEveryStep(boolean dies) {
        long steps = stepsOfQuietLife();
        assertThat(steps).isGreaterThan(200);
        for (long step = 0; step < steps; step += 3) {
            SmallWorld world = new SmallWorld(step);
            world.interruptAt = step;
            world.interrupt =
                    () -> {
                        if (dies) {
                            world.crash(NODE_A);
                        }
                        world.lead(NODE_B);
                    };
            live(world);
            world.restart(NODE_A);
            if (world.systemLeader().equals(Optional.of(NODE_A))) {
                world.lead(NODE_C);
            }
            world.run(CALM_AFTER_ONE_FAULT_MILLIS);
            world.checkSettled();
            assertThat(world.store.table(ACCOUNT, "orders"))
                    .as("leader changed at message %s", step)
                    .map(TableRecord::status)
                    .isIn(Optional.of(TableStatus.ACTIVE), Optional.empty());
        }
    }

    private static long stepsOfQuietLife() {
        SmallWorld world = new SmallWorld(0);
        live(world);
        world.checkSettled();
        return world.messagesDelivered();
    }

    private static void live(SmallWorld world) {
        world.lead(NODE_A);
        world.run(200);
        world.ask(NODE_A, new AdminRequest.CreateTable(wanted("orders")));
        world.run(700);
        world.ask(NODE_A, new AdminRequest.DeleteTable(ACCOUNT, "orders"));
        world.run(700);
    }
}
