package dev.stator.tools.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ItemFormTest {
    private static final Pattern ATTRIBUTE = Pattern.compile("\"(\\w+)\":\\{\"S\":\"([^\"]*)\"}");

    private final Tables tables = new Tables("t");
    private final SplittableRandom random = new SplittableRandom(1);
    private final ValueText values = new ValueText(random);

    private String fill(RequestTemplate template, long key, int sortKey) {
        byte[] target = new byte[template.length()];
        template.fill(target, new RequestTemplate.Place(key, sortKey), values, random);
        return new String(target, US_ASCII);
    }

    private static Item item(String request) {
        AttributesBuilder item = new AttributesBuilder();
        Matcher attributes = ATTRIBUTE.matcher(request);
        while (attributes.find()) {
            item.put(attributes.group(1), new AttributeValue.S(attributes.group(2)));
        }
        return item.toItem();
    }

    @Test
    void itemsHaveNineHundredBytes() {
        assertThat(ItemSize.of(item(fill(ItemForm.put(tables), 7, 0)))).isEqualTo(900);
        assertThat(ItemSize.of(item(fill(ItemForm.putInCollection(tables), 7, 3)))).isEqualTo(900);
    }

    @Test
    void valuesDifferFromRequestToRequest() {
        RequestTemplate template = ItemForm.put(tables);
        assertThat(fill(template, 7, 0)).isNotEqualTo(fill(template, 7, 0));
    }

    @Test
    void keysAreFilledIn() {
        assertThat(fill(ItemForm.get(tables, true), 42, 0))
                .isEqualTo(
                        "{\"TableName\":\"t-items\",\"Key\":{\"pk\":{\"S\":\"user000000000042\"}},"
                                + "\"ConsistentRead\":true}");
        assertThat(fill(ItemForm.get(tables, false), 999_999_999_999L, 0))
                .isEqualTo(
                        "{\"TableName\":\"t-items\",\"Key\":{\"pk\":{\"S\":\"user999999999999\"}}}");
        assertThat(fill(ItemForm.putInCollection(tables), 1, 23))
                .startsWith(
                        "{\"TableName\":\"t-collections\",\"Item\":{\"pk\":{\"S\":\"user000000000001\"},"
                                + "\"sk\":{\"S\":\"0023\"},\"field0\"");
    }
}
