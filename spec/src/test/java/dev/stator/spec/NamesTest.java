package dev.stator.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of names in the specification's README is true: what it names in the specification and
 * in the code exists, and every action has its row.
 */
class NamesTest {
    private static final Path README = Path.of("README.md");
    private static final List<String> PACKAGES =
            List.of(
                    "dev.stator.replication.",
                    "dev.stator.core.node.",
                    "dev.stator.core.partition.",
                    "dev.stator.core.transactions.");
    private static final List<String> MODULES =
            List.of("Replication", "Leases", "Reconfiguration", "Transactions");

    private static final Pattern QUOTED = Pattern.compile("`([\\w.]+)`");
    private static final Pattern MODULE = Pattern.compile("\\| \\*\\*(\\w+)\\*\\* \\|.*");
    private static final Pattern OPERATOR = Pattern.compile("(?m)^(\\w+)(\\([^)]*\\))? ==");
    private static final Pattern NEXT = Pattern.compile("(?ms)^Next ==$(.*?)^$");

    /** A row: names of a module, and what stands for them in the code. */
    private record Row(String module, List<String> specified, List<String> coded) {}

    private static List<Row> table() throws IOException {
        List<Row> rows = new ArrayList<>();
        String module = "";
        for (String line : Files.readAllLines(README, UTF_8)) {
            Matcher heading = MODULE.matcher(line);
            String[] cells = line.split("\\|", -1);
            if (heading.matches()) {
                module = heading.group(1);
            } else if (!module.isEmpty() && cells.length > 3) {
                rows.add(new Row(module, quoted(cells[1]), quoted(cells[2])));
            }
        }
        return rows;
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static String text(String module) throws IOException {
        return Files.readString(ModelChecker.SPECIFICATION.resolve(module + ".tla"), UTF_8);
    }

    private static SequencedSet<String> operators(String module) throws IOException {
        SequencedSet<String> names = new TreeSet<>();
        OPERATOR.matcher(text(module)).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Test
    void whatIsNamedOfTheSpecificationIsInItsModule() throws IOException {
        assertThat(table()).extracting(Row::module).contains(MODULES.toArray(String[]::new));
        for (Row row : table()) {
            SequencedSet<String> operators = operators(row.module());
            for (String name : row.specified()) {
                boolean variable = text(row.module()).contains("[" + name + " EXCEPT");
                assertThat(variable || operators.contains(name) || isVariable(row.module(), name))
                        .as("%s of module %s", name, row.module())
                        .isTrue();
            }
        }
    }

    private static boolean isVariable(String module, String name) throws IOException {
        return Pattern.compile("(?m)^ +(\\w+, )*" + name + ",?\\b.*\\\\\\*")
                .matcher(text(module))
                .find();
    }

    @Test
    void whatIsNamedOfTheCodeIsThere() throws IOException {
        for (Row row : table()) {
            assertThat(row.coded()).as(row.toString()).isNotEmpty();
            for (String name : row.coded()) {
                assertThat(members(name.substring(0, name.indexOf('.'))))
                        .as("%s, for %s", name, row.specified())
                        .contains(name.substring(name.indexOf('.') + 1));
            }
        }
    }

    private static List<String> members(String simpleName) {
        for (String candidate : PACKAGES) {
            try {
                Class<?> type = Class.forName(candidate + simpleName, false, loader());
                return Stream.of(
                                Arrays.stream(type.getDeclaredMethods()).map(Method::getName),
                                Arrays.stream(type.getDeclaredFields()).map(Field::getName),
                                Arrays.stream(type.getDeclaredClasses()).map(Class::getSimpleName))
                        .flatMap(names -> names)
                        .toList();
            } catch (ClassNotFoundException _) {
                // Then in the next package.
            }
        }
        throw new AssertionError("no such class: " + simpleName);
    }

    private static ClassLoader loader() {
        return NamesTest.class.getClassLoader();
    }

    @Test
    void everyActionHasItsRow() throws IOException {
        for (String module : MODULES) {
            Matcher next = NEXT.matcher(text(module));
            assertThat(next.find()).as("Next of " + module).isTrue();
            SequencedSet<String> actions = operators(module);
            actions.retainAll(List.of(next.group(1).split("\\W+")));
            actions.removeAll(
                    List.of("Min", "Max", "FlushedByTwo", "Quorum", "Acceptance", "ItemsOf"));
            assertThat(actions).hasSizeGreaterThan(4);
            List<String> named =
                    table().stream()
                            .filter(row -> row.module().equals(module))
                            .flatMap(row -> row.specified().stream())
                            .toList();
            assertThat(named).as("actions of module " + module).containsAll(actions);
        }
    }
}
