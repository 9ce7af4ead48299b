package dev.stator.model.key;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.RandomValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of key values as the API defines it, said without any encoding of keys. */
final class LogicalOrder {
    private LogicalOrder() {}

    /** Negative, zero or positive one; both of one type. */
    static int compare(AttributeValue left, AttributeValue right) {
        return Integer.signum(
                switch (left) {
                    case AttributeValue.S(String text) ->
                            Arrays.compareUnsigned(
                                    text.getBytes(StandardCharsets.UTF_8),
                                    ((AttributeValue.S) right)
                                            .value()
                                            .getBytes(StandardCharsets.UTF_8));
                    case AttributeValue.N(DecimalNumber number) ->
                            number.value().compareTo(((AttributeValue.N) right).value().value());
                    case AttributeValue.B(Bytes bytes) ->
                            bytes.compareTo(((AttributeValue.B) right).value());
                    default -> throw new IllegalArgumentException("not a key: " + left);
                });
    }

    /** Another value of the same type. */
    static AttributeValue another(RandomValues values, AttributeValue like) {
        return switch (like) {
            case AttributeValue.S ignored -> new AttributeValue.S(values.text());
            case AttributeValue.N ignored -> new AttributeValue.N(values.number());
            case AttributeValue.B ignored -> new AttributeValue.B(values.bytes());
            default -> throw new IllegalArgumentException("not a key: " + like);
        };
    }
}
