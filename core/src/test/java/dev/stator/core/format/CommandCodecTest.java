package dev.stator.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.format.Command.Change;
import dev.stator.core.wire.TransactionId;
import dev.stator.core.wire.TransactionMark;
import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandCodecTest {
    private static final PlacementKey KEY =
            new PlacementKey(Bytes.wrap(new byte[] {(byte) 0xCA, (byte) 0xFE}));
    private static final PlacementKey OTHER_KEY =
            new PlacementKey(Bytes.wrap(new byte[] {(byte) 0xCA, (byte) 0xFF}));

    /** What version 1 wrote. If this test fails, logs can no longer be read. */
    private static final String GOLDEN =
            "01"
                    + "01"
                    + "02"
                    + ("01" + "02cafe" + "0000001d" + StoredItemTest.GOLDEN)
                    + ("02" + "02caff" + "0000000000000007");

    private static Command.Changes command() {
        return new Command.Changes(
                List.of(
                        new Change.Put(KEY, StoredItemTest.stored()),
                        new Change.Delete(OTHER_KEY, 7)));
    }

    @Test
    void hasTheFormThatItHadInVersion1() {
        assertThat(HexFormat.of().formatHex(CommandCodec.encode(command()))).isEqualTo(GOLDEN);
        Command.Changes read =
                (Command.Changes) CommandCodec.decode(HexFormat.of().parseHex(GOLDEN));
        assertThat(read.changes()).hasSize(2);
        Change.Put put = (Change.Put) read.changes().getFirst();
        assertThat(put.key()).isEqualTo(KEY);
        assertThat(put.item().item()).isEqualTo(StoredItemTest.ITEM);
        assertThat(put.item().bytes()).isEqualTo(StoredItemTest.stored().bytes());
        assertThat(read.changes().getLast()).isEqualTo(new Change.Delete(OTHER_KEY, 7));
    }

    @Test
    void changesOfCollectionsHaveTheFormThatTheyHadFromTheStart() {
        Command.RecordedChanges changes =
                new Command.RecordedChanges(
                        command().changes(), List.of(Optional.empty(), Optional.of(Item.EMPTY)));
        Command.CollectionChanges command =
                new Command.CollectionChanges(
                        changes,
                        true,
                        List.of(
                                new Command.CollectionEffect(300, 0b101),
                                new Command.CollectionEffect(0, 0)));
        String golden =
                ("01" + "06" + "01" + "02")
                        + ("00" + "01" + "02cafe" + "0000001d" + StoredItemTest.GOLDEN)
                        + ("ac02" + "05")
                        + ("01" + "00" + "02" + "02caff" + "0000000000000007")
                        + ("00" + "00");
        assertThat(HexFormat.of().formatHex(CommandCodec.encode(command))).isEqualTo(golden);
        Command.CollectionChanges read =
                (Command.CollectionChanges) CommandCodec.decode(HexFormat.of().parseHex(golden));
        assertThat(read.effects()).isEqualTo(command.effects());
        assertThat(read.recorded()).isTrue();
        assertThat(read.changes().before()).isEqualTo(changes.before());
        assertThat(read.changes().changes()).hasSize(2);
        for (int length = 0; length < golden.length() / 2; length++) {
            byte[] cut = Arrays.copyOf(CommandCodec.encode(command), length);
            assertThatThrownBy(() -> CommandCodec.decode(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(MalformedEncodingException.class);
        }
    }

    @Test
    void whatTransactionsDoHasTheFormThatItHadFromTheStart() {
        TransactionId id = new TransactionId(1, 2);
        String ids = "0000000000000001" + "0000000000000002";
        assertForm(
                new Command.Prepared(
                        OTHER_KEY,
                        new TransactionMark(id, "id/1", 7),
                        Optional.of(new Change.Delete(OTHER_KEY, 7))),
                ("01" + "07" + "02caff" + ids + "04" + "69642f31" + "0000000000000007")
                        + ("01" + "02" + "02caff" + "0000000000000007"));
        assertForm(
                new Command.Prepared(KEY, new TransactionMark(id, "", 7), Optional.empty()),
                "01" + "07" + "02cafe" + ids + "00" + "0000000000000007" + "00");
        assertForm(
                new Command.TransactionFinished(
                        KEY, id, Optional.of(Bytes.wrap(new byte[] {1, 1, 0})), 0),
                "01" + "08" + "02cafe" + ids + "01" + "03" + "010100" + "00");
        assertForm(
                new Command.TransactionFinished(KEY, id, Optional.empty(), 7),
                "01" + "08" + "02cafe" + ids + "00" + "07");
    }

    private static void assertForm(Command command, String golden) {
        assertThat(HexFormat.of().formatHex(CommandCodec.encode(command))).isEqualTo(golden);
        assertThat(CommandCodec.decode(HexFormat.of().parseHex(golden))).isEqualTo(command);
        for (int length = 0; length < golden.length() / 2; length++) {
            byte[] cut = Arrays.copyOf(CommandCodec.encode(command), length);
            assertThatThrownBy(() -> CommandCodec.decode(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(MalformedEncodingException.class);
        }
    }

    @Test
    void aCommandOfOneChangeAndOneOfNoneAreRead() {
        Command delete = new Command.Changes(List.of(new Change.Delete(KEY, -1)));
        assertThat(CommandCodec.decode(CommandCodec.encode(delete))).isEqualTo(delete);
        Command nothing = new Command.Changes(List.of());
        assertThat(CommandCodec.decode(CommandCodec.encode(nothing))).isEqualTo(nothing);
    }

    @Test
    void whatIsCutOffOrTooLongIsRefused() {
        byte[] bytes = CommandCodec.encode(command());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CommandCodec.decode(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(MalformedEncodingException.class);
        }
        assertThatThrownBy(() -> CommandCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedEncodingException.class);
    }

    @Test
    void unknownVersionsKindsAndTypesAreNamed() {
        assertRefused(0, 2, "unknown version of a command: 2");
        assertRefused(1, 9, "unknown kind of command: 9");
        assertRefused(3, 3, "unknown type of change: 3");
    }

    private static void assertRefused(int index, int value, String message) {
        byte[] bytes = CommandCodec.encode(command());
        bytes[index] = (byte) value;
        assertThatThrownBy(() -> CommandCodec.decode(bytes))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aDamagedItemInACommandIsRefused() {
        byte[] bytes = CommandCodec.encode(command());
        bytes[20] ^= 1;
        assertThatThrownBy(() -> CommandCodec.decode(bytes))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void hostileLengthsAllocateNothing() {
        byte[] manyChanges = HexFormat.of().parseHex("0101ffffffff07");
        byte[] longKey = HexFormat.of().parseHex("01010102ffffffff07" + "00".repeat(10));
        byte[] longItem = HexFormat.of().parseHex("0101010100" + "7fffffff" + "00".repeat(10));
        byte[] negativeItem = HexFormat.of().parseHex("0101010100" + "ffffffff" + "00".repeat(10));
        for (byte[] hostile : List.of(manyChanges, longKey, longItem, negativeItem)) {
            assertThatThrownBy(() -> CommandCodec.decode(hostile))
                    .isInstanceOf(MalformedEncodingException.class);
        }
    }

    @Test
    void theItemThatEncodesWorstFitsACommand() {
        AttributeValue emptyMember = new AttributeValue.StringSet(new LinkedHashSet<>(List.of("")));
        int elements = ItemSize.MAX_ITEM_BYTES - 4;
        AttributeValue list = new AttributeValue.L(Collections.nCopies(elements, emptyMember));
        Item item = Item.of(Map.of("l", list));
        assertThat(ItemSize.of(item)).isEqualTo(ItemSize.MAX_ITEM_BYTES);
        StoredItem stored = StoredItem.of(item, 1, ItemSize.of(item));
        byte[] command =
                CommandCodec.encode(new Command.Changes(List.of(new Change.Put(KEY, stored))));
        assertThat(command.length)
                .isBetween(2 * ItemSize.MAX_ITEM_BYTES, CommandCodec.COMMAND_BYTES_MAX);
    }
}
