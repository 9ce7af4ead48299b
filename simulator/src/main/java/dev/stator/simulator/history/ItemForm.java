package dev.stator.simulator.history;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import java.util.OptionalLong;

/** Items of the workloads: between the form of the API and that of the checkers. */
public final class ItemForm {
    public static final String PARTITION_KEY = "pk";
    public static final String SORT_KEY = "sk";

    /** The token of the write that set it. */
    public static final String VALUE = "v";

    public static final String COUNT = "n";

    /** The identifier of the call that made the item what it is. */
    public static final String WRITE = "w";

    /** Makes some items large. */
    private static final String PADDING = "padding";

    private static final String PAD = "x";

    private ItemForm() {}

    public static Item keyItem(ItemKey key) {
        return withKey(key).toItem();
    }

    private static AttributesBuilder withKey(ItemKey key) {
        AttributesBuilder item = new AttributesBuilder();
        item.put(PARTITION_KEY, new AttributeValue.S(key.partition()));
        if (!key.sort().isEmpty()) {
            item.put(SORT_KEY, new AttributeValue.S(key.sort()));
        }
        return item;
    }

    /**
     * @param writeId of the call that is to make it so
     */
    public static Item item(ItemKey key, ItemImage image, long writeId, int paddingBytes) {
        AttributesBuilder item = withKey(key);
        item.put(WRITE, number(writeId));
        if (image.token().isPresent()) {
            item.put(VALUE, token(image.token().getAsLong()));
        }
        if (image.count().isPresent()) {
            item.put(COUNT, number(image.count().getAsLong()));
        }
        if (paddingBytes > 0) {
            item.put(PADDING, new AttributeValue.S(PAD.repeat(paddingBytes)));
        }
        return item.toItem();
    }

    public static AttributeValue token(long token) {
        return new AttributeValue.S(Long.toString(token));
    }

    public static AttributeValue number(long value) {
        return new AttributeValue.N(DecimalNumber.of(value));
    }

    public static ItemKey key(String table, Item item) {
        return new ItemKey(
                table,
                text(item, PARTITION_KEY),
                item.get(SORT_KEY) == null ? "" : text(item, SORT_KEY));
    }

    private static String text(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.S(String text)) {
            return text;
        }
        throw new IllegalArgumentException("no string " + name + " in " + item);
    }

    /** Whether the item's key is this one. */
    public static boolean isOf(ItemKey key, Item item) {
        return text(item, PARTITION_KEY).equals(key.partition())
                && (key.sort().isEmpty() || text(item, SORT_KEY).equals(key.sort()));
    }

    /** Whether what is not looked at otherwise is as it was written. */
    public static boolean isUndamaged(Item item) {
        return item.get(PADDING) == null
                || text(item, PADDING).equals(PAD.repeat(text(item, PADDING).length()));
    }

    /** The call that made the item what it is; zero where none says so. */
    public static long writeId(Item item) {
        return item.get(WRITE) instanceof AttributeValue.N(DecimalNumber number)
                ? number.value().longValueExact()
                : 0;
    }

    public static ItemImage image(Item item) {
        OptionalLong token =
                item.get(VALUE) == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(text(item, VALUE)));
        OptionalLong count =
                item.get(COUNT) instanceof AttributeValue.N(DecimalNumber number)
                        ? OptionalLong.of(number.value().longValueExact())
                        : OptionalLong.empty();
        return ItemImage.of(token, count);
    }
}
