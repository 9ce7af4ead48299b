package dev.stator.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Sizes in bytes as the service counts them for its limits and for capacity (developer guide,
 * "DynamoDB item sizes and formats"). They say nothing of how items are stored here.
 *
 * <p>Numbers are counted by a rule that was found by measuring where an item becomes too large: one
 * byte, and one for each two significant digits, before and after the decimal point apart, and one
 * for the sign of a negative number. (The guide's own rule is coarser.)
 */
public final class ItemSize {
    /** 400 KB: an item of this size is accepted, one of a byte more is not. */
    public static final int MAX_ITEM_BYTES = 400 * 1_024;

    private static final int DOCUMENT_BYTES = 3;
    private static final int PLAIN_INTEGER_DIGITS = 18;

    private ItemSize() {}

    /** Names and values. */
    public static int of(Item item) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
            size += Utf8.length(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    public static int of(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(String text) -> Utf8.length(text);
            case AttributeValue.N(DecimalNumber number) -> of(number);
            case AttributeValue.B(Bytes bytes) -> bytes.size();
            case AttributeValue.Bool ignored -> 1;
            case AttributeValue.Null ignored -> 1;
            case AttributeValue.StringSet set -> {
                int size = 0;
                for (String member : set.members()) {
                    size += Utf8.length(member);
                }
                yield size;
            }
            case AttributeValue.NumberSet set -> {
                int size = 0;
                for (DecimalNumber member : set.members()) {
                    size += of(member);
                }
                yield size;
            }
            case AttributeValue.BinarySet set -> {
                int size = 0;
                for (Bytes member : set.members()) {
                    size += member.size();
                }
                yield size;
            }
            case AttributeValue.L list -> {
                int size = DOCUMENT_BYTES + list.elements().size();
                for (AttributeValue element : list.elements()) {
                    size += of(element);
                }
                yield size;
            }
            case AttributeValue.M(SequencedMap<String, AttributeValue> entries) -> {
                int size = DOCUMENT_BYTES + entries.size();
                for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
                    size += Utf8.length(entry.getKey()) + of(entry.getValue());
                }
                yield size;
            }
        };
    }

    public static int of(DecimalNumber number) {
        BigDecimal value = number.value();
        if (value.signum() == 0) {
            return 1;
        }
        int digits = value.precision() - trailingZeros(value);
        int fraction = Math.clamp(value.scale(), 0, digits);
        int size = 1 + halfUp(digits - fraction) + halfUp(fraction);
        return value.signum() < 0 ? size + 1 : size;
    }

    /** Only integers that are kept with scale 0 have any. */
    private static int trailingZeros(BigDecimal value) {
        if (value.scale() != 0 || value.precision() > PLAIN_INTEGER_DIGITS) {
            return 0;
        }
        int zeros = 0;
        for (long rest = value.longValue(); rest % 10 == 0; rest /= 10) {
            zeros++;
        }
        return zeros;
    }

    private static int halfUp(int digits) {
        return (digits + 1) / 2;
    }
}
