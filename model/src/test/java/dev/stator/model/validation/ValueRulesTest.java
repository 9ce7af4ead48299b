package dev.stator.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValueRulesTest {
    @Test
    void makesSetsOfDistinctMembers() {
        assertThat(ValueRules.stringSet(List.of("b", "a", "")).members())
                .containsExactly("b", "a", "");
        assertThat(ValueRules.numberSet(List.of(number("2"), number("1"))).members())
                .containsExactly(number("2"), number("1"));
        assertThat(ValueRules.binarySet(List.of(Bytes.EMPTY)).members())
                .containsExactly(Bytes.EMPTY);
    }

    @Test
    void refusesEmptySets() {
        assertRefused(
                () -> ValueRules.stringSet(List.of()),
                "One or more parameter values were invalid: An string set  may not be empty");
        assertRefused(
                () -> ValueRules.numberSet(List.of()),
                "One or more parameter values were invalid: An number set  may not be empty");
        assertRefused(
                () -> ValueRules.binarySet(List.of()),
                "One or more parameter values were invalid: Binary sets should not be empty");
    }

    @Test
    void refusesDuplicates() {
        assertRefused(
                () -> ValueRules.stringSet(List.of("a", "b", "a")),
                "One or more parameter values were invalid: Input collection [a, b, a] contains"
                        + " duplicates.");
        assertRefused(
                () -> ValueRules.numberSet(List.of(number("1"), number("1.0"))),
                "Input collection contains duplicates");
        Bytes bytes = Bytes.wrap(new byte[] {'b'});
        assertRefused(
                () -> ValueRules.binarySet(List.of(bytes, bytes)),
                "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type"
                        + " BS contains duplicates.");
    }

    @Test
    void accepts31MapsAroundALeafAndRefuses32() {
        AttributeValue deep = AttributeValue.Null.INSTANCE;
        for (int i = 0; i < 31; i++) {
            deep = i % 2 == 0 ? AttributeValue.M.of(Map.of("a", deep)) : list(deep);
        }
        AttributeValue accepted = deep;
        AttributeValue refused = list(accepted);
        assertThatCode(() -> ValueRules.checkNesting(accepted)).doesNotThrowAnyException();
        String message =
                "Nesting Levels have exceeded supported limits: Attributes in the item have nested"
                        + " levels beyond supported limit";
        assertRefused(() -> ValueRules.checkNesting(refused), message);
        assertRefused(() -> ValueRules.checkNesting(Item.of(Map.of("x", refused))), message);
    }

    @Test
    void acceptsAnItemOf400KilobytesAndNotAByteMore() {
        assertThat(ValueRules.checkSize(itemOf(409_600))).isEqualTo(409_600);
        assertRefused(
                () -> ValueRules.checkSize(itemOf(409_601)),
                "Item size has exceeded the maximum allowed size");
    }

    private static Item itemOf(int size) {
        AttributesBuilder item = new AttributesBuilder();
        item.put("name", new AttributeValue.S("x".repeat(size - 4)));
        return item.toItem();
    }

    private static AttributeValue list(AttributeValue element) {
        return new AttributeValue.L(List.of(element));
    }

    private static DecimalNumber number(String text) {
        return Numbers.parse(text);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessage(message);
    }
}
