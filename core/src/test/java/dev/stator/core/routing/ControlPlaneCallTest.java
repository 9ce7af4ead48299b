package dev.stator.core.routing;

import static dev.stator.core.metadata.SampleTables.ACCOUNT;
import static dev.stator.core.metadata.SampleTables.NODE_A;
import static dev.stator.core.metadata.SampleTables.NODE_B;
import static dev.stator.core.metadata.SampleTables.NODE_C;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.routing.LittleCluster.Client;
import dev.stator.core.wire.Address;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlPlaneCallTest {
    private static final AdminRequest LIST =
            new AdminRequest.ListTables(ACCOUNT, Optional.empty(), 10);
    private static final AdminRequest DELETE = new AdminRequest.DeleteTable(ACCOUNT, "orders");
    private static final AdminResponse NAMES =
            new AdminResponse.TableNames(List.of("orders"), false);

    private final LittleCluster cluster = new LittleCluster();
    private final List<AdminResponse> responses = new ArrayList<>();

    private Client ask(AdminRequest request) {
        return cluster.start(context ->
                context.callAdmin(
                        request,
                        response -> {
                            responses.add(response);
                            context.answer(LittleCluster.DONE);
                        }));
    }

    private List<NodeId> asked() {
        return cluster.sent.stream()
                .filter(envelope -> envelope.to().role() == Address.Role.ADMIN)
                .map(envelope -> envelope.to().node())
                .toList();
    }

    private void leader(NodeId leader) {
        cluster.admin =
                (node, request) ->
                        node.equals(leader)
                                ? NAMES
                                : new AdminResponse.NotLeader(Optional.of(leader));
    }

    @Test
    void theLeaderIsFoundAndRemembered() {
        leader(NODE_C);
        ask(LIST);
        assertThat(asked()).containsExactly(NODE_A, NODE_C);
        ask(LIST);
        assertThat(asked()).containsExactly(NODE_A, NODE_C, NODE_C);
        assertThat(responses).containsExactly(NAMES, NAMES);
    }

    @Test
    void notLeaderIsNeverDelivered() {
        ask(DELETE);
        cluster.advance(2_500);
        assertThat(responses).isEmpty();
        leader(NODE_B);
        cluster.advance(300);
        assertThat(responses).containsExactly(NAMES);
    }

    @Test
    void withoutALeaderTheRequestFailsAtItsDeadline() {
        ask(DELETE);
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertThat(responses).containsExactly(new AdminResponse.Failed(Failures.NO_CONTROL_PLANE));
    }

    @Test
    void aChangeOfUnknownOutcomeIsNotAskedAgain() {
        leader(NODE_C);
        cluster.silent.add(NODE_C);
        ask(DELETE);
        cluster.advance(RouterLimits.DEFAULT.deadlineMillis() + 10);
        assertThat(responses)
                .containsExactly(new AdminResponse.Failed(Failures.CONTROL_PLANE_OUTCOME_UNKNOWN));
        assertThat(asked()).containsExactly(NODE_A, NODE_C);
    }

    @Test
    void aQuestionThatIsNotAnsweredIsAskedElsewhere() {
        leader(NODE_C);
        ask(LIST);
        cluster.silent.add(NODE_C);
        leader(NODE_B);
        ask(LIST);
        cluster.advance(RouterLimits.DEFAULT.readMillis() + 10);
        assertThat(responses).containsExactly(NAMES, NAMES);
        assertThat(asked().getLast()).isEqualTo(NODE_B);
    }

    @Test
    void aChangeThatDidNotArriveIsAskedElsewhere() {
        leader(NODE_C);
        ask(LIST);
        cluster.refusing.add(NODE_C);
        leader(NODE_B);
        ask(DELETE);
        assertThat(responses).containsExactly(NAMES, NAMES);
    }
}
