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

    /** Makes some items large; not looked at. */
    private static final String PADDING = "padding";

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

    public static Item item(ItemKey key, ItemImage image, int paddingBytes) {
        AttributesBuilder item = withKey(key);
        if (image.token().isPresent()) {
            item.put(VALUE, token(image.token().getAsLong()));
        }
        if (image.count().isPresent()) {
            item.put(COUNT, number(image.count().getAsLong()));
        }
        if (paddingBytes > 0) {
            item.put(PADDING, new AttributeValue.S("x".repeat(paddingBytes)));
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
