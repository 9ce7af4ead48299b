package dev.stator.tools.fuzz;

import dev.stator.tools.fuzz.FuzzConnection.Reply;
import dev.stator.tools.fuzz.Json.Arr;
import dev.stator.tools.fuzz.Json.Text;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one worker: one whose items are watched, one that may be changed and deleted, and
 * those that mutated requests happened to create. Owned by one thread.
 */
final class FuzzTables {
    /** Tables that wait for their deletion; while there are as many, none is created. */
    static final int CREATED_MAX = 3;

    /** In the answer to a request about a table that is not there. */
    static final String GONE = "ResourceNotFoundException";

    private static final int ITEMS_MAX = 12;
    private static final int ITEMS_BYTES_MAX = 100_000;
    private static final long PAUSE_MILLIS = 20;
    private static final int ATTEMPTS_MAX = 3_000;

    private static final List<String> ITEMS =
            List.of(
                    "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"},\"color\":{\"S\":\"red\"},\"n\":{\"N\":\"5\"},\"t\":{\"S\":\"text\"},"
                            + "\"ss\":{\"SS\":[\"x\",\"y\"]},\"ns\":{\"NS\":[\"1\",\"2.5\"]},\"l\":{\"L\":[{\"S\":\"z\"},{\"N\":\"0\"}]},"
                            + "\"m\":{\"M\":{\"a\":{\"S\":\"deep\"},\"b\":{\"M\":{\"c\":{\"N\":\"1\"}}}}}}",
                    "{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"2\"},\"color\":{\"S\":\"blue\"}}",
                    "{\"pk\":{\"S\":\"c\"},\"sk\":{\"N\":\"3\"},\"flag\":{\"BOOL\":true}}");

    private final Names names;
    private final Api api;
    private final Deque<String> created = new ArrayDeque<>();

    FuzzTables(Names names, Api api) {
        this.names = names;
        this.api = api;
    }

    /**
     * What the tables of a worker are called.
     *
     * @param items whose items are watched
     * @param control which may be changed and deleted
     */
    record Names(String items, String control) {
        static Names of(int worker) {
            return new Names("fuzz-" + worker, "fuzz-" + worker + "-control");
        }
    }

    /** Sends a request as it should be. */
    interface Api {
        Reply call(String operation, String body) throws IOException;
    }

    private static String named(String table) {
        return "{\"TableName\":\"" + table + "\"}";
    }

    /** Makes what is missing, and waits until it can be used. */
    void prepare() throws IOException, InterruptedException {
        create(names.control());
        createAndWait(names.items());
        fill();
    }

    private void create(String table) throws IOException {
        api.call("CreateTable", schema(table));
    }

    private static String schema(String table) {
        return ("{\"TableName\":\"%s\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
                        + "{\"AttributeName\":\"sk\",\"AttributeType\":\"N\"},{\"AttributeName\":\"color\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],"
                        + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"byColor\",\"KeySchema\":[{\"AttributeName\":\"color\",\"KeyType\":\"HASH\"}],"
                        + "\"Projection\":{\"ProjectionType\":\"ALL\"}}]}")
                .formatted(table);
    }

    /** Where a mutated request is deleting it, it is made once it is gone. */
    private void createAndWait(String table) throws IOException, InterruptedException {
        String answer = "";
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            answer = api.call("DescribeTable", named(table)).text();
            if (answer.contains("\"TableStatus\":\"ACTIVE\"")) {
                return;
            }
            if (answer.contains("ResourceNotFound")) {
                create(table);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IOException("table " + table + " does not come to be ACTIVE: " + answer);
    }

    private void fill() throws IOException {
        for (String item : ITEMS) {
            String put = "{\"TableName\":\"%s\",\"Item\":%s}".formatted(names.items(), item);
            Reply reply = api.call("PutItem", put);
            if (reply.status() != 200) {
                throw new IOException("an item is not taken: " + reply.text());
            }
        }
    }

    /** All items, as a strongly consistent read tells them. */
    String items() throws IOException {
        Reply reply =
                api.call(
                        "Scan",
                        "{\"TableName\":\"%s\",\"ConsistentRead\":true}".formatted(names.items()));
        return reply.status() == 200 ? reply.text() : "no items: " + reply.text();
    }

    /** The items to watch from now on; the table is put in order where there are too many. */
    String itemsInOrder() throws IOException, InterruptedException {
        String items = items();
        boolean gone = !items.startsWith("{");
        if (gone) {
            prepare();
            return items();
        }
        Json read = Json.parse(items);
        boolean many =
                items.length() > ITEMS_BYTES_MAX
                        || (read.member("Items") instanceof Arr(List<Json> all)
                                && all.size() > ITEMS_MAX);
        if (!many) {
            return items;
        }
        deleteAll();
        fill();
        return items();
    }

    private void deleteAll() throws IOException {
        String keysOnly =
                "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"ProjectionExpression\":\"pk, sk\"}"
                        .formatted(names.items());
        Json page = Json.parse(api.call("Scan", keysOnly).text());
        while (page.member("Items") instanceof Arr(List<Json> keys) && !keys.isEmpty()) {
            for (Json key : keys) {
                StringBuilder text = new StringBuilder();
                key.write(text);
                api.call(
                        "DeleteItem",
                        "{\"TableName\":\"%s\",\"Key\":%s}".formatted(names.items(), text));
            }
            page = Json.parse(api.call("Scan", keysOnly).text());
        }
    }

    String itemsTable() {
        return names.items();
    }

    /** The table that is being deleted, if that is what the answer says. */
    static Optional<String> deletedBy(Reply reply) {
        Json table = Json.parse(reply.text()).member("TableDescription");
        return table.member("TableStatus") instanceof Text(String status)
                        && status.equals("DELETING")
                        && table.member("TableName") instanceof Text(String name)
                ? Optional.of(name)
                : Optional.empty();
    }

    /** A mutated request created a table. */
    void noteCreated(Reply reply) {
        if (Json.parse(reply.text()).member("TableDescription").member("TableName")
                instanceof Text(String table)) {
            created.add(table);
        }
    }

    boolean mayCreate() {
        return created.size() < CREATED_MAX;
    }

    /**
     * Goes on with what cannot be done at once: deletes what was created, restores what was not.
     */
    void tidy() throws IOException {
        String first = created.poll();
        if (first == null || first.equals(names.control()) || first.equals(names.items())) {
            create(names.control());
        } else if (api.call("DeleteTable", named(first)).text().contains("ResourceInUse")) {
            created.add(first);
        }
    }

    /** Deletes all tables, and waits until they are gone. */
    void remove() throws IOException, InterruptedException {
        created.add(names.control());
        created.add(names.items());
        for (String table : created) {
            for (int i = 0; i < ATTEMPTS_MAX; i++) {
                String answer = api.call("DeleteTable", named(table)).text();
                if (answer.contains("ResourceNotFound")) {
                    break;
                }
                if (answer.contains("protected")) { // A mutated request has asked for that.
                    api.call(
                            "UpdateTable",
                            "{\"TableName\":\"%s\",\"DeletionProtectionEnabled\":false}"
                                    .formatted(table));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
