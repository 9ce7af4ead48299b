package dev.stator.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.PlacementKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeySchemaTest {
    private static final String MISMATCH = "The provided key element does not match the schema";
    private static final AttributeValue TEXT = new AttributeValue.S("a");
    private static final AttributeValue NUMBER = new AttributeValue.N(DecimalNumber.of(1));

    private final KeySchema hashOnly = KeySchema.of(new KeyAttribute("pk", ScalarType.S));
    private final KeySchema both =
            new KeySchema(
                    new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.B));

    @Test
    void acceptsExactlyTheKeyAttributes() {
        assertThatCode(() -> hashOnly.validateKey(item("pk", TEXT))).doesNotThrowAnyException();
        assertThatCode(() -> both.validateKey(item("sk", bytes(1), "pk", TEXT)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesKeysThatDoNotMatch() {
        assertRefused(() -> hashOnly.validateKey(Item.EMPTY), MISMATCH);
        assertRefused(() -> hashOnly.validateKey(item("id", TEXT)), MISMATCH);
        assertRefused(() -> hashOnly.validateKey(item("pk", NUMBER)), MISMATCH);
        assertRefused(() -> hashOnly.validateKey(item("pk", TEXT, "x", TEXT)), MISMATCH);
        assertRefused(() -> both.validateKey(item("pk", TEXT)), MISMATCH);
        assertRefused(() -> both.validateKey(item("pk", TEXT, "sk", TEXT)), MISMATCH);
        assertRefused(() -> both.validateKey(item("pk", TEXT, "x", bytes(1))), MISMATCH);
    }

    @Test
    void refusesItemsWithoutTheirKey() {
        String missing =
                "One or more parameter values were invalid: Missing the key %s in the item";
        assertRefused(() -> both.validateItem(Item.EMPTY), missing.formatted("pk"));
        assertRefused(() -> both.validateItem(item("pk", TEXT)), missing.formatted("sk"));
        assertRefused(() -> both.validateItemOfBatch(item("pk", TEXT)), MISMATCH);
        String mismatch =
                "One or more parameter values were invalid: Type mismatch for key %s expected: %s"
                        + " actual: %s";
        assertRefused(
                () -> hashOnly.validateItem(item("pk", NUMBER)),
                mismatch.formatted("pk", "S", "N"));
        assertRefused(
                () -> both.validateItem(item("pk", TEXT, "sk", AttributeValue.Null.INSTANCE)),
                mismatch.formatted("sk", "B", "NULL"));
        assertRefused(() -> hashOnly.validateItemOfBatch(item("pk", NUMBER)), MISMATCH);
    }

    @Test
    void refusesEmptyKeyValues() {
        String message =
                "One or more parameter values are not valid. The AttributeValue for a key"
                        + " attribute cannot contain an empty %s value. Key: %s";
        AttributeValue empty = new AttributeValue.S("");
        assertRefused(
                () -> hashOnly.validateKey(item("pk", empty)), message.formatted("string", "pk"));
        assertRefused(
                () -> hashOnly.validateItem(item("pk", empty)), message.formatted("string", "pk"));
        assertRefused(
                () -> both.validateItem(item("pk", TEXT, "sk", bytes(0))),
                message.formatted("binary", "sk"));
    }

    @Test
    void refusesKeyValuesThatAreTooLong() {
        Item longest = item("pk", new AttributeValue.S("\u00E9".repeat(1_024)), "sk", bytes(1_024));
        assertThatCode(() -> both.validateItem(longest)).doesNotThrowAnyException();
        assertThatCode(() -> both.validateKey(longest)).doesNotThrowAnyException();
        AttributeValue tooLong = new AttributeValue.S("\u00E9".repeat(1_024) + "a");
        assertRefused(
                () -> hashOnly.validateItem(item("pk", tooLong)),
                "One or more parameter values were invalid: Size of hashkey has exceeded the"
                        + " maximum size limit of2048 bytes");
        assertRefused(
                () -> both.validateKey(item("pk", TEXT, "sk", bytes(1_025))),
                "One or more parameter values were invalid: Aggregated size of all range keys has"
                        + " exceeded the size limit of 1024 bytes");
    }

    @Test
    void takesTheKeyOutOfAnItem() {
        Item item = item("sk", bytes(2), "pk", TEXT);
        assertThat(both.keyOf(item).attributes().keySet()).containsExactly("pk", "sk");
        assertThat(both.placementKey(item)).isEqualTo(PlacementKey.of(TEXT, bytes(2)));
        assertThat(hashOnly.placementKey(item)).isEqualTo(PlacementKey.of(TEXT));
        assertThat(both.names()).containsExactly("pk", "sk");
        assertThat(both.isKey("sk")).isTrue();
        assertThat(hashOnly.isKey("sk")).isFalse();
        assertThatThrownBy(() -> both.keyOf(item("pk", TEXT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AttributeValue bytes(int size) {
        return new AttributeValue.B(Bytes.wrap(new byte[size]));
    }

    private static Item item(String name, AttributeValue value) {
        AttributesBuilder builder = new AttributesBuilder();
        builder.put(name, value);
        return builder.toItem();
    }

    private static Item item(
            String name1, AttributeValue value1, String name2, AttributeValue value2) {
        AttributesBuilder builder = new AttributesBuilder();
        builder.put(name1, value1);
        builder.put(name2, value2);
        return builder.toItem();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessage(message);
    }
}
