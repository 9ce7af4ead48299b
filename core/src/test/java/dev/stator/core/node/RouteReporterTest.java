package dev.stator.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.wire.MetadataMessage.GroupRoute;
import dev.stator.core.wire.MetadataMessage.PushRoutes;
import dev.stator.core.wire.MetadataMessage.ReplicasHeld;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RouteReporterTest {
    private static final NodeId NODE_A = new NodeId(1, 1);
    private static final NodeId NODE_B = new NodeId(2, 2);

    private static final int MANY = RouteReporter.SLICE_GROUPS + 10;

    private final RouteReporter reporter = new RouteReporter();

    @Test
    void newsIsToldOnceAndSlicesForEver() {
        reporter.leads(route(5, NODE_A, 1));
        assertThat(reporter.takeNews()).contains(new PushRoutes(List.of(route(5, NODE_A, 1))));
        assertThat(reporter.takeNews()).isEmpty();
        reporter.leads(route(5, NODE_A, 1));
        assertThat(reporter.takeNews()).as("nothing changed").isEmpty();
        assertThat(reporter.nextRoutes().routes()).containsExactly(route(5, NODE_A, 1));
        assertThat(reporter.nextRoutes().routes()).containsExactly(route(5, NODE_A, 1));
        reporter.leads(route(5, NODE_A, 2));
        assertThat(reporter.takeNews()).isPresent();
    }

    @Test
    void whatIsNotLedAnyMoreIsNotTold() {
        reporter.leads(route(5, NODE_A, 1));
        reporter.leads(route(6, NODE_B, 1));
        reporter.leadsNoMore(new GroupId(5));
        reporter.holdsNoMore(new GroupId(6));
        assertThat(reporter.takeNews()).isEmpty();
        assertThat(reporter.nextRoutes().routes()).isEmpty();
    }

    @Test
    void slicesGoRoundAllThatIsLed() {
        LongStream.rangeClosed(1, MANY).forEach(group -> reporter.leads(route(group, NODE_A, 1)));
        List<GroupRoute> told = new ArrayList<>(reporter.nextRoutes().routes());
        assertThat(told).hasSize(RouteReporter.SLICE_GROUPS);
        told.addAll(reporter.nextRoutes().routes());
        assertThat(told).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(reporter.nextRoutes().routes().getFirst()).isEqualTo(told.getFirst());
    }

    @Test
    void slicesOfReplicasCoverAllGroupsThereCanBe() {
        LongStream.rangeClosed(1, MANY).forEach(group -> reporter.holds(new GroupId(group)));
        ReplicasHeld first = reporter.nextReplicas();
        ReplicasHeld second = reporter.nextReplicas();
        assertThat(first.groups()).hasSize(RouteReporter.SLICE_GROUPS);
        assertThat(second.groups()).hasSize(MANY - RouteReporter.SLICE_GROUPS);
        assertThat(reporter.nextReplicas()).isEqualTo(first);
    }

    private static GroupRoute route(long group, NodeId leader, long round) {
        return new GroupRoute(
                new GroupId(group),
                leader,
                List.of(new Member(leader, Member.Role.STORAGE)),
                round);
    }
}
