package dev.stator.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.server.json.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/api-coverage.md against the service models and the server. The resource lists every
 * operation of both models, by its X-Amz-Target, with its parameters.
 */
class ApiCoverageTest {
    private static final Path PAGE = Path.of("../docs/api-coverage.md");
    private static final String MODEL = "service-operations.txt";
    private static final String WORKS = "works";
    private static final String PARTIAL = "partial";
    private static final String NOT_YET = "not yet";

    /** A row of a table of the page. */
    private record Row(String state, String note) {}

    private final SequencedMap<String, String> targets = new LinkedHashMap<>();
    private final SequencedMap<String, List<String>> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedMap<String, Row>> tables = new LinkedHashMap<>();

    ApiCoverageTest() throws IOException {
        readModel();
        readPage();
    }

    private void readModel() throws IOException {
        String text;
        try (InputStream model = ApiCoverageTest.class.getResourceAsStream(MODEL)) {
            text = new String(Objects.requireNonNull(model).readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : text.lines().toList()) {
            String target = line.split(" ", 2)[0];
            String operation = target.substring(target.indexOf('.') + 1);
            targets.put(operation, target);
            parameters.put(
                    operation,
                    target.equals(line)
                            ? List.of()
                            : List.of(line.substring(target.length() + 1).split(",")));
        }
    }

    private void readPage() throws IOException {
        String heading = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("#")) {
                heading = line.replace("#", "").strip();
                tables.put(heading, new LinkedHashMap<>());
            } else if (line.startsWith("| ")
                    && !line.contains("| state |")
                    && !line.contains("--")) {
                String[] cells = line.split("\\|", -1);
                table(heading).put(cells[1].strip(), new Row(cells[2].strip(), cells[3].strip()));
            }
        }
    }

    private SequencedMap<String, Row> table(String heading) {
        return Objects.requireNonNull(tables.get(heading), heading);
    }

    @Test
    void everyOperationIsThere() {
        assertThat(table("Operations").keySet())
                .containsExactlyInAnyOrderElementsOf(targets.keySet());
    }

    @Test
    void whatWorksWorksAndWhatDoesNotDoesNot() {
        for (Map.Entry<String, Row> row : table("Operations").entrySet()) {
            Optional<Operation> operation = Operation.forTarget(targets.get(row.getKey()));
            boolean built = operation.map(Operation::isBuilt).orElse(false);
            checkRow(row.getKey(), row.getValue());
            assertThat(!row.getValue().state().equals(NOT_YET)).as(row.getKey()).isEqualTo(built);
            assertThat(row.getValue().note().equals("UnknownOperationException"))
                    .as(row.getKey())
                    .isEqualTo(operation.isEmpty());
        }
    }

    @Test
    void everyParameterOfWhatWorksIsThere() {
        for (Map.Entry<String, Row> row : table("Operations").entrySet()) {
            String operation = row.getKey();
            if (row.getValue().state().equals(NOT_YET)) {
                assertThat(tables).doesNotContainKey(operation);
                continue;
            }
            assertThat(tables).containsKey(operation);
            assertThat(table(operation).keySet())
                    .as(operation)
                    .containsExactlyInAnyOrderElementsOf(parameters.get(operation));
            table(operation).forEach((name, of) -> checkRow(operation + "." + name, of));
            boolean all =
                    table(operation).values().stream().allMatch(of -> of.state().equals(WORKS));
            assertThat(all || row.getValue().state().equals(PARTIAL))
                    .as(operation + " works only in part")
                    .isTrue();
        }
    }

    private static void checkRow(String name, Row row) {
        assertThat(row.state()).as(name).isIn(WORKS, PARTIAL, NOT_YET);
        assertThat(row.state().equals(WORKS) || !row.note().isEmpty())
                .as("%s needs a note", name)
                .isTrue();
    }
}
