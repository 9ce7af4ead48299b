package dev.stator.benchmarks.sample;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Items as ./stator bench writes them: 900 bytes as the API counts them, a partition key and eight
 * fields of text.
 */
public final class SampleItem {
    public static final int SIZE_BYTES = 900;
    public static final String KEY = "pk";

    private static final int KEY_LENGTH = 20;
    private static final int FIELDS = 8;
    private static final int FIELD_LENGTH = 104;
    private static final String FIELD = "field";
    private static final int LAST_FIELD_LENGTH =
            SIZE_BYTES
                    - KEY.length()
                    - KEY_LENGTH
                    - FIELDS * (FIELD.length() + 1)
                    - (FIELDS - 1) * FIELD_LENGTH;
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private SampleItem() {}

    /** The partition key of that number. */
    public static String key(int number) {
        String digits = Integer.toString(number);
        return "user" + "0".repeat(KEY_LENGTH - 4 - digits.length()) + digits;
    }

    /** The item of that number, always the same. */
    public static Item of(int number) {
        return attributes(number).toItem();
    }

    private static AttributesBuilder attributes(int number) {
        SplittableRandom random = new SplittableRandom(number);
        AttributesBuilder attributes = new AttributesBuilder(FIELDS + 1);
        attributes.put(KEY, new AttributeValue.S(key(number)));
        for (int i = 0; i < FIELDS; i++) {
            int length = i == FIELDS - 1 ? LAST_FIELD_LENGTH : FIELD_LENGTH;
            attributes.put(FIELD + i, new AttributeValue.S(text(random, length)));
        }
        return attributes;
    }

    /** Six random bits a character, so that little can be saved by compressing it. */
    private static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** An item with a number and a document as well, for expressions to work on. */
    public static Item withDocument() {
        AttributesBuilder attributes = attributes(1);
        attributes.put("version", new AttributeValue.N(DecimalNumber.of(7)));
        attributes.put(
                "document",
                AttributeValue.M.of(
                        Map.of(
                                "tags",
                                new AttributeValue.L(
                                        List.of(
                                                new AttributeValue.S("first"),
                                                new AttributeValue.S("second"))))));
        return attributes.toItem();
    }

    /** The body of a PutItem of this item, whose values are all strings without escapes. */
    public static String putRequest(Item item) {
        StringBuilder json = new StringBuilder("{\"TableName\":\"bench\",\"Item\":{");
        String separator = "";
        for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
            json.append(separator).append('"').append(attribute.getKey()).append("\":");
            if (attribute.getValue() instanceof AttributeValue.S(String text)) {
                json.append("{\"S\":\"").append(text).append("\"}");
            } else {
                throw new IllegalArgumentException("not a string: " + attribute);
            }
            separator = ",";
        }
        return json.append("}}").toString();
    }

    /** The body of a GetItem of the item of that number. */
    public static String getRequest(int number) {
        return "{\"TableName\":\"bench\",\"Key\":{\"pk\":{\"S\":\""
                + key(number)
                + "\"}},\"ConsistentRead\":true}";
    }
}
