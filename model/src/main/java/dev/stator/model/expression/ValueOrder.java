package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.Utf8;

/** The order of values: only strings, numbers and binaries have one, each among themselves. */
public final class ValueOrder {
    private ValueOrder() {}

    /** True for the types that have an order. */
    public static boolean isOrdered(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S ignored -> true;
            case AttributeValue.N ignored -> true;
            case AttributeValue.B ignored -> true;
            default -> false;
        };
    }

    /** True if the two can be ordered: both strings, both numbers or both binaries. */
    public static boolean areComparable(AttributeValue left, AttributeValue right) {
        return switch (left) {
            case AttributeValue.S ignored -> right instanceof AttributeValue.S;
            case AttributeValue.N ignored -> right instanceof AttributeValue.N;
            case AttributeValue.B ignored -> right instanceof AttributeValue.B;
            default -> false;
        };
    }

    /** The order of two comparable values: numbers by value, strings by UTF-8, binaries by byte. */
    public static int compare(AttributeValue left, AttributeValue right) {
        if (left instanceof AttributeValue.S(String a)
                && right instanceof AttributeValue.S(String b)) {
            return Utf8.compare(a, b);
        }
        if (left instanceof AttributeValue.N(var a) && right instanceof AttributeValue.N(var b)) {
            return a.compareTo(b);
        }
        if (left instanceof AttributeValue.B(Bytes a)
                && right instanceof AttributeValue.B(Bytes b)) {
            return a.compareTo(b);
        }
        throw new IllegalArgumentException(
                "no order between " + left.typeName() + " and " + right.typeName());
    }
}
