package dev.stator.core.transactions;

import dev.stator.core.transactions.WriteOutcome.Sizes;
import dev.stator.core.wire.TransactionId;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of a transaction (ATC'23, section 3.5).
 *
 * <pre>
 *           all items are prepared               all items are finished
 *  BEGUN ───────────────────────────► COMMITTED ───────────────────────► FINISHED
 *    │ one is not, or it takes too long
 *    └───────────────────────────────► CANCELED
 * </pre>
 *
 * The step from BEGUN is the decision: it is taken once, by a conditional write. Whoever finds
 * COMMITTED commits what is prepared; whoever finds anything else, or nothing, gives it up.
 *
 * @param key of the record; of a transaction with a client's token it follows from the token
 * @param attempt the identifier under which items are prepared
 * @param changedMillis when the state was entered, by the wall clock of who wrote it
 * @param fingerprint of what the transaction does
 * @param items that it changes or checks, in the order of the request
 * @param sizes of these items before and after, from COMMITTED on; else empty
 */
record LedgerRecord(
        String key,
        TransactionId attempt,
        State state,
        long changedMillis,
        Bytes fingerprint,
        List<Participant> items,
        List<Sizes> sizes) {
    static final String KEY = "transaction";
    static final String ATTEMPT = "attempt";
    static final String STATE = "state";
    static final String CHANGED = "changed";
    private static final String FINGERPRINT = "fingerprint";
    private static final String ITEMS = "items";
    private static final String SIZES = "sizes";

    private static final int ID_BYTES = 2 * Long.BYTES;

    LedgerRecord {
        items = List.copyOf(items);
        sizes = List.copyOf(sizes);
    }

    enum State {
        BEGUN,
        COMMITTED,
        CANCELED,
        FINISHED
    }

    /** An item of the transaction. */
    record Participant(TableId table, PlacementKey key) {}

    LedgerRecord committed(List<Sizes> itsSizes, long nowMillis) {
        return new LedgerRecord(
                key, attempt, State.COMMITTED, nowMillis, fingerprint, items, itsSizes);
    }

    LedgerRecord canceled(long nowMillis) {
        return new LedgerRecord(
                key, attempt, State.CANCELED, nowMillis, fingerprint, items, List.of());
    }

    LedgerRecord finished(long nowMillis) {
        return new LedgerRecord(key, attempt, State.FINISHED, nowMillis, fingerprint, items, sizes);
    }

    static AttributeValue keyValue(String key) {
        return new AttributeValue.S(key);
    }

    static PlacementKey placement(String key) {
        return PlacementKey.of(keyValue(key));
    }

    static AttributeValue value(State state) {
        return new AttributeValue.S(state.name());
    }

    static AttributeValue value(TransactionId id) {
        BinaryWriter writer = new BinaryWriter(ID_BYTES);
        writer.writeFixed64(id.high());
        writer.writeFixed64(id.low());
        return new AttributeValue.B(writer.toBytes());
    }

    static AttributeValue value(long number) {
        return new AttributeValue.N(DecimalNumber.of(number));
    }

    Item toItem() {
        AttributesBuilder item = new AttributesBuilder(7);
        item.put(KEY, keyValue(key));
        item.put(ATTEMPT, value(attempt));
        item.put(STATE, value(state));
        item.put(CHANGED, value(changedMillis));
        item.put(FINGERPRINT, new AttributeValue.B(fingerprint));
        item.put(ITEMS, new AttributeValue.B(encodeItems()));
        item.put(SIZES, new AttributeValue.B(encodeSizes()));
        return item.toItem();
    }

    private Bytes encodeItems() {
        BinaryWriter writer = new BinaryWriter();
        writer.writeVarint(items.size());
        for (Participant item : items) {
            writer.writeVarint(item.table().value());
            writer.writeBytes(item.key().bytes());
        }
        return writer.toBytes();
    }

    private Bytes encodeSizes() {
        BinaryWriter writer = new BinaryWriter();
        writer.writeVarint(sizes.size());
        for (Sizes size : sizes) {
            writer.writeVarint(size.beforeBytes());
            writer.writeVarint(size.afterBytes());
        }
        return writer.toBytes();
    }

    /**
     * @throws MalformedEncodingException if the item is not a record of the ledger
     */
    static LedgerRecord of(Item item) {
        BinaryReader id = new BinaryReader(bytes(item, ATTEMPT));
        TransactionId attempt = new TransactionId(id.readFixed64(), id.readFixed64());
        return new LedgerRecord(
                text(item, KEY),
                attempt,
                state(text(item, STATE)),
                number(item, CHANGED),
                bytes(item, FINGERPRINT),
                decodeItems(new BinaryReader(bytes(item, ITEMS))),
                decodeSizes(new BinaryReader(bytes(item, SIZES))));
    }

    private static State state(String name) {
        for (State state : State.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw new MalformedEncodingException("unknown state of a transaction: " + name);
    }

    private static List<Participant> decodeItems(BinaryReader reader) {
        List<Participant> items = new ArrayList<>();
        for (int left = reader.readCount(2); left > 0; left--) {
            TableId table = new TableId(reader.readVarint());
            items.add(new Participant(table, new PlacementKey(reader.readBytes())));
        }
        reader.expectEnd();
        return items;
    }

    private static List<Sizes> decodeSizes(BinaryReader reader) {
        List<Sizes> sizes = new ArrayList<>();
        for (int left = reader.readCount(2); left > 0; left--) {
            sizes.add(new Sizes(reader.readVarint32(), reader.readVarint32()));
        }
        reader.expectEnd();
        return sizes;
    }

    private static String text(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.S(String text)) {
            return text;
        }
        throw missing(name, item.get(name));
    }

    private static Bytes bytes(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.B(Bytes bytes)) {
            return bytes;
        }
        throw missing(name, item.get(name));
    }

    private static long number(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.N(DecimalNumber number)) {
            return number.value().longValueExact();
        }
        throw missing(name, item.get(name));
    }

    private static MalformedEncodingException missing(String name, @Nullable AttributeValue found) {
        return new MalformedEncodingException(
                "a record of the ledger with %s %s"
                        .formatted(
                                name, Optional.ofNullable(found).map(Object::toString).orElse("")));
    }
}
