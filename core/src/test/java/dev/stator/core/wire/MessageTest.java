package dev.stator.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.autoadmin.AutoAdmin;
import dev.stator.core.metadata.MemDs;
import dev.stator.core.wire.Address.Role;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which role takes which messages. */
class MessageTest {
    private static final NodeId NODE = new NodeId(0, 1);
    private static final int MESSAGES = 2_000;

    private static boolean takes(Envelope envelope, Consumer<Envelope> role) {
        try {
            role.accept(envelope);
            return true;
        } catch (IllegalArgumentException notForIt) {
            return false;
        }
    }

    @Test
    void rolesTakeExactlyTheMessagesThatAreForThem() {
        AutoAdmin admin = new AutoAdmin(Address.admin(NODE), List.of(), _ -> {});
        MemDs memDs = new MemDs(Address.memDs(NODE), _ -> {});
        for (int seed = 0; seed < MESSAGES; seed++) {
            Envelope envelope = new RandomMessages(seed).envelope();
            Message message = envelope.message();
            assertThat(message.isFor(Role.MEMDS))
                    .as("MemDS, %s", message)
                    .isEqualTo(takes(envelope, memDs::receive));
            assertThat(message.isFor(Role.ADMIN))
                    .as("auto-admin, %s", message)
                    .isEqualTo(takes(envelope, taken -> admin.receive(taken, 0, 0)));
        }
    }
}
