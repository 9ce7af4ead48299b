package dev.stator.tools.load;

import dev.stator.tools.client.ControlClient;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes the tables of a run at one endpoint, and deletes them. */
final class BenchTables {
    private static final int ACTIVE_TIMEOUT_SECONDS = 120;
    private static final int POLL_MILLIS = 100;

    private final ControlClient client;

    BenchTables(ControlClient client) {
        this.client = client;
    }

    /**
     * Makes a table and waits for it.
     *
     * @return false if there is such a table already
     */
    boolean create(String table, boolean collections)
            throws IOException, InterruptedException, BenchException {
        ControlClient.Result created = client.call("CreateTable", definition(table, collections));
        boolean isNew = !created.errorType().equals("ResourceInUseException");
        if (isNew && !created.isSuccess()) {
            throw new BenchException("CreateTable failed: " + created.text());
        }
        waitUntilActive(table);
        return isNew;
    }

    private static String definition(String table, boolean collections) {
        String schema = "{\"AttributeName\":\"" + ItemForm.KEY + "\",\"KeyType\":\"HASH\"}";
        String types = "{\"AttributeName\":\"" + ItemForm.KEY + "\",\"AttributeType\":\"S\"}";
        if (collections) {
            String name = ",{\"AttributeName\":\"" + ItemForm.SORT_KEY + "\",";
            schema += name + "\"KeyType\":\"RANGE\"}";
            types += name + "\"AttributeType\":\"S\"}";
        }
        return "{\"TableName\":\""
                + table
                + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":["
                + schema
                + "],\"AttributeDefinitions\":["
                + types
                + "]}";
    }

    private void waitUntilActive(String table)
            throws IOException, InterruptedException, BenchException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(ACTIVE_TIMEOUT_SECONDS);
        String last = "";
        while (System.nanoTime() < giveUp) {
            last = client.call("DescribeTable", named(table)).text();
            if (last.contains("\"TableStatus\":\"ACTIVE\"")) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new BenchException("table " + table + " did not become ACTIVE: " + last);
    }

    void delete(String table) throws IOException, InterruptedException {
        client.call("DeleteTable", named(table));
    }

    private static String named(String table) {
        return "{\"TableName\":\"" + table + "\"}";
    }
}
