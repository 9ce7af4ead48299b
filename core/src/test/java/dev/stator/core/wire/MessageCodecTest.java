package dev.stator.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateOperand;
import dev.stator.model.key.PlacementKey;
import dev.stator.replication.Ballot;
import dev.stator.replication.GroupId;
import dev.stator.replication.GroupMessage;
import dev.stator.replication.LogEntry;
import dev.stator.replication.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private static final Address FROM = new Address(new NodeId(1, 2), Address.Role.ROUTER, 3);
    private static final Address TO = Address.storage(new NodeId(4, 5));

    @Test
    void everyMessageComesBackAsItWas() {
        for (long seed = 0; seed < 5_000; seed++) {
            expectBack(new RandomMessages(seed).envelope(), "seed " + seed);
        }
    }

    @Test
    void everyKindOfRecordComesBackAsItWas() {
        for (String kind : Described.kinds(Envelope.class)) {
            int made = 0;
            for (long seed = 0; seed < 200; seed++) {
                Envelope envelope = new RandomMessages(seed, kind).envelope();
                if (expectBack(envelope, kind + ", seed " + seed).contains(kind)) {
                    made++;
                }
            }
            assertThat(made).as("messages with %s", kind).isPositive();
        }
    }

    private static String expectBack(Envelope envelope, String which) {
        String described = Described.text(envelope);
        byte[] bytes = MessageCodec.encode(envelope);
        Envelope decoded = MessageCodec.decode(bytes);

        assertThat(Described.text(decoded)).as(which).isEqualTo(described);
        assertThat(MessageCodec.encode(decoded)).as(which).isEqualTo(bytes);
        return described;
    }

    @Test
    void damagedMessagesAreMalformedOrAnotherMessageAndNothingElse() {
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes =
                    damaged(MessageCodec.encode(new RandomMessages(seed).envelope()), random);
            expectMalformedOrMessage(bytes, seed);
        }
    }

    @Test
    void randomBytesAreMalformedOrAMessageAndNothingElse() {
        byte[] start =
                MessageCodec.encode(
                        new Envelope(FROM, TO, new Message.DropReplica(1, new GroupId(1))));
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[start.length + random.nextInt(100)];
            random.nextBytes(bytes);
            // The addresses are right, so that what follows is reached.
            System.arraycopy(start, 0, bytes, 0, start.length - 3);
            expectMalformedOrMessage(bytes, seed);
        }
    }

    private static void expectMalformedOrMessage(byte[] bytes, long seed) {
        try {
            Envelope decoded = MessageCodec.decode(bytes);
            assertThat(MessageCodec.decode(MessageCodec.encode(decoded)))
                    .as("seed %d", seed)
                    .isNotNull();
        } catch (MalformedEncodingException expected) {
            assertThat(expected).hasMessageContaining("");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt();
                case 2 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                default -> {
                    byte[] longer = new byte[damaged.length + 1 + random.nextInt(10)];
                    Arrays.fill(longer, (byte) 0xFF);
                    System.arraycopy(damaged, 0, longer, 0, at);
                    System.arraycopy(
                            damaged,
                            at,
                            longer,
                            at + longer.length - damaged.length,
                            damaged.length - at);
                    damaged = longer;
                }
            }
        }
        return damaged;
    }

    @Test
    void everyPrefixIsMalformed() {
        for (long seed = 0; seed < 300; seed++) {
            byte[] bytes = MessageCodec.encode(new RandomMessages(seed).envelope());
            for (int length = 0; length < bytes.length; length++) {
                byte[] prefix = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> MessageCodec.decode(prefix))
                        .as("seed %d, %d bytes", seed, length)
                        .isInstanceOf(MalformedEncodingException.class);
            }
        }
    }

    @Test
    void bytesAfterTheMessageAreMalformed() {
        byte[] bytes =
                MessageCodec.encode(
                        new Envelope(FROM, TO, new Message.DropReplica(1, new GroupId(1))));

        assertThatThrownBy(() -> MessageCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessage("1 bytes too many");
    }

    @Test
    void otherVersionsAreRefused() {
        byte[] bytes =
                MessageCodec.encode(
                        new Envelope(FROM, TO, new Message.DropReplica(1, new GroupId(1))));
        bytes[0] = MessageCodec.VERSION + 1;

        assertThatThrownBy(() -> MessageCodec.decode(bytes))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessage("unknown version of a message: 2");
    }

    /**
     * Bytes of kinds that nest, each level two bytes or less: a stack would overflow without the
     * bound.
     */
    @Test
    void nestingIsBounded() {
        Item key = Item.EMPTY;
        expectTooDeep(
                new PartitionRequest.Write(
                        PlacementKey.FIRST,
                        new PartitionRequest.Change.Delete(),
                        Optional.of(nestedNot(ExpressionCodec.DEPTH_MAX + 1)),
                        false,
                        false,
                        false));
        expectTooDeep(
                new PartitionRequest.Write(
                        PlacementKey.FIRST,
                        new PartitionRequest.Change.Delete(),
                        Optional.of(
                                new Condition.Contains(
                                        nestedSize(ExpressionCodec.DEPTH_MAX + 1),
                                        new Operand.Constant(AttributeValue.Null.INSTANCE))),
                        false,
                        false,
                        false));
        expectTooDeep(
                new PartitionRequest.Write(
                        PlacementKey.FIRST,
                        new PartitionRequest.Change.Update(
                                key, nestedUpdate(ExpressionCodec.DEPTH_MAX + 1)),
                        Optional.empty(),
                        false,
                        false,
                        false));
    }

    @Test
    void whateverTheParserAdmitsGoesThrough() {
        PartitionRequest request =
                new PartitionRequest.Write(
                        PlacementKey.FIRST,
                        new PartitionRequest.Change.Update(
                                Item.EMPTY, nestedUpdate(ExpressionCodec.DEPTH_MAX)),
                        Optional.of(nestedNot(ExpressionCodec.DEPTH_MAX)),
                        false,
                        false,
                        false);
        Envelope envelope =
                new Envelope(FROM, TO, new Message.PartitionCall(1, new GroupId(1), request));

        assertThat(MessageCodec.decode(MessageCodec.encode(envelope))).isEqualTo(envelope);
    }

    private static void expectTooDeep(PartitionRequest request) {
        byte[] bytes =
                MessageCodec.encode(
                        new Envelope(
                                FROM, TO, new Message.PartitionCall(1, new GroupId(1), request)));
        assertThatThrownBy(() -> MessageCodec.decode(bytes))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessage("an expression nested too deep");
    }

    private static Condition nestedNot(int levels) {
        Condition condition = new Condition.AttributeExists(DocumentPath.of("a"));
        for (int i = 0; i < levels; i++) {
            condition = new Condition.Not(condition);
        }
        return condition;
    }

    private static Operand nestedSize(int levels) {
        Operand operand = new Operand.Path(DocumentPath.of("a"));
        for (int i = 0; i < levels; i++) {
            operand = new Operand.Size(operand);
        }
        return operand;
    }

    private static UpdateExpression nestedUpdate(int levels) {
        UpdateOperand operand = new UpdateOperand.Path(DocumentPath.of("a"));
        for (int i = 0; i < levels; i++) {
            operand = new UpdateOperand.IfNotExists(DocumentPath.of("b"), operand);
        }
        return new UpdateExpression(
                UpdateExpression.Origin.EXPRESSION,
                List.of(new UpdateExpression.SetAction(DocumentPath.of("c"), operand)),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void anEntryInTheBallotOfItsMessageCostsFewBytes() {
        Ballot ballot = new Ballot(7, new NodeId(8, 9));
        List<LogEntry> entries = new ArrayList<>();
        int empty = size(ballot, entries);
        for (int i = 1; i <= 100; i++) {
            entries.add(new LogEntry(1_000_000 + i, ballot, LogEntry.Kind.COMMAND, new byte[50]));
        }
        assertThat(size(ballot, entries) - empty).isEqualTo(100 * (50 + 4));
    }

    private static int size(Ballot ballot, List<LogEntry> entries) {
        BinaryWriter writer = new BinaryWriter();
        MessageCodec.write(
                writer,
                new Envelope(
                        FROM,
                        TO,
                        new Message.Replication(
                                new GroupId(1),
                                new GroupMessage.Accept(
                                        ballot,
                                        1_000_000,
                                        ballot,
                                        List.copyOf(entries),
                                        1_000_000,
                                        900_000,
                                        1))));
        return writer.size();
    }

    @Test
    void enumCodesListEveryConstantOnce() {
        assertThatThrownBy(() -> EnumCode.of(List.of(Address.Role.ADMIN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        EnumCode.of(
                                List.of(
                                        Address.Role.ADMIN,
                                        Address.Role.ADMIN,
                                        Address.Role.MEMDS,
                                        Address.Role.STORAGE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new LinkedHashSet<>(List.of(Address.Role.values()))).hasSize(4);
    }
}
