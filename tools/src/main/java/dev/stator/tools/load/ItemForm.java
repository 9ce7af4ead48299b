package dev.stator.tools.load;

/**
 * The items of the load: 900 bytes, as in the measurements of the paper (section 6), counted as the
 * API counts them: a partition key and eight fields, or less of the last field where there is a
 * sort key.
 */
final class ItemForm {
    static final int ITEM_SIZE_BYTES = 900;
    static final String KEY = "pk";
    static final String SORT_KEY = "sk";
    static final int FIELDS = 8;
    static final int FIELD_SIZE_BYTES = 104;

    private static final String FIELD = "field";
    private static final int LAST_FIELD_SIZE_BYTES =
            ITEM_SIZE_BYTES
                    - KEY.length()
                    - RequestTemplate.KEY_LENGTH
                    - FIELDS * (FIELD.length() + 1)
                    - (FIELDS - 1) * FIELD_SIZE_BYTES;

    private ItemForm() {}

    static String field(int index) {
        return FIELD + index;
    }

    static RequestTemplate put(Tables tables) {
        RequestTemplate.Builder builder =
                new RequestTemplate.Builder()
                        .text("{\"TableName\":\"" + tables.items() + "\",\"Item\":{")
                        .text("\"" + KEY + "\":{\"S\":\"")
                        .key();
        return fields(builder, LAST_FIELD_SIZE_BYTES);
    }

    static RequestTemplate putInCollection(Tables tables) {
        RequestTemplate.Builder builder =
                new RequestTemplate.Builder()
                        .text("{\"TableName\":\"" + tables.collections() + "\",\"Item\":{")
                        .text("\"" + KEY + "\":{\"S\":\"")
                        .key()
                        .text("\"},\"" + SORT_KEY + "\":{\"S\":\"")
                        .sortKey();
        int sortKey = SORT_KEY.length() + RequestTemplate.SORT_KEY_LENGTH;
        return fields(builder, LAST_FIELD_SIZE_BYTES - sortKey);
    }

    private static RequestTemplate fields(RequestTemplate.Builder builder, int lastSizeBytes) {
        for (int i = 0; i < FIELDS; i++) {
            builder.text("\"},\"" + field(i) + "\":{\"S\":\"")
                    .value(i == FIELDS - 1 ? lastSizeBytes : FIELD_SIZE_BYTES);
        }
        return builder.text("\"}}}").build();
    }

    static RequestTemplate get(Tables tables, boolean consistent) {
        return keyed(tables).text(consistent ? "\"}},\"ConsistentRead\":true}" : "\"}}}").build();
    }

    static RequestTemplate update(Tables tables) {
        return keyed(tables)
                .text("\"}},\"UpdateExpression\":\"SET " + field(0) + " = :value\",")
                .text("\"ExpressionAttributeValues\":{\":value\":{\"S\":\"")
                .value(FIELD_SIZE_BYTES)
                .text("\"}}}")
                .build();
    }

    private static RequestTemplate.Builder keyed(Tables tables) {
        return new RequestTemplate.Builder()
                .text("{\"TableName\":\"" + tables.items() + "\",\"Key\":{")
                .text("\"" + KEY + "\":{\"S\":\"")
                .key();
    }

    static RequestTemplate query(Tables tables) {
        return new RequestTemplate.Builder()
                .text("{\"TableName\":\"" + tables.collections() + "\",")
                .text("\"KeyConditionExpression\":\"" + KEY + " = :key\",")
                .text("\"ExpressionAttributeValues\":{\":key\":{\"S\":\"")
                .key()
                .text("\"}}}")
                .build();
    }
}
