package dev.stator.tools.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to begin with, for any tables.
 *
 * @param target with the name of the API, such as DynamoDB_20120810.GetItem
 * @param required the members that must be there
 */
public record SeedRequest(String target, List<String> required, String body) {
    private static final String RESOURCE = "requests.txt";

    /** All of them; every operation of the service models has one. */
    public static List<SeedRequest> all() {
        List<SeedRequest> all = new ArrayList<>();
        for (String line : text().split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" ", 3);
                all.add(new SeedRequest(parts[0], List.of(parts[1].split(",", -1)), parts[2]));
            }
        }
        return all;
    }

    private static String text() {
        try (InputStream in = SeedRequest.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException(RESOURCE + " cannot be read", broken);
        }
    }

    /** The name of the operation. */
    String operation() {
        return target.substring(target.indexOf('.') + 1);
    }

    /** The body for the tables of one worker. */
    String bodyFor(FuzzTables.Names names) {
        return body.replace("@T", names.items())
                .replace("@A", arn(names.items()))
                .replace("@C", names.control())
                .replace("@D", arn(names.control()));
    }

    private static String arn(String table) {
        return "arn:aws:dynamodb:us-east-1:000000000000:table/" + table;
    }
}
