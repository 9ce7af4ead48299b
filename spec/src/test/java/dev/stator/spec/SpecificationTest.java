package dev.stator.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TLC checks the small models completely, and finds what is wrong with each mutation. Every
 * configuration names its root module, and a mutation the property that it violates, in its first
 * lines.
 */
class SpecificationTest {
    private static final Pattern ROOT = Pattern.compile("\\\\\\* root: (\\w+)");
    private static final Pattern REJECTED_BY = Pattern.compile("\\\\\\* rejected by: (\\w+)");
    private static final Pattern STATES = Pattern.compile("\\\\\\* distinct states: (\\d+)");
    private static final int MUTATIONS_MIN = 8;

    @TempDir Path directory;

    /** The configurations right in one directory of the specification. */
    private static List<Path> configurations(String directory) throws IOException {
        try (Stream<Path> files = Files.list(ModelChecker.SPECIFICATION.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .map(ModelChecker.SPECIFICATION::relativize)
                    .sorted()
                    .toList();
        }
    }

    static List<Path> models() throws IOException {
        return configurations("models");
    }

    static List<Path> mutations() throws IOException {
        return configurations("mutations");
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyPropertyHoldsInEveryStateOfTheModel(Path model) throws Exception {
        ModelChecker.Result result = check(model);
        assertThat(result.completed()).as(result.output()).isTrue();
        assertThat(result.distinctStates())
                .as("distinct states, which the configuration and docs/verification.md state")
                .isEqualTo(Long.parseLong(find(STATES, model)));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void theMutationIsRejectedByTheVeryPropertyItBreaks(Path mutation) throws Exception {
        ModelChecker.Result result = check(mutation);
        assertThat(result.violated()).as(result.output()).isEqualTo(find(REJECTED_BY, mutation));
    }

    @Test
    void thereAreMutationsEnoughAndEachMutatesSomething() throws IOException {
        assertThat(mutations()).hasSizeGreaterThanOrEqualTo(MUTATIONS_MIN);
        for (Path mutation : mutations()) {
            String name = mutation.getFileName().toString().replace(".cfg", "");
            assertThat(text(mutation))
                    .as(mutation.toString())
                    .containsPattern("<- " + name + "\\b");
        }
    }

    private ModelChecker.Result check(Path configuration) throws IOException, InterruptedException {
        return new ModelChecker(directory).check(find(ROOT, configuration), configuration);
    }

    private static String find(Pattern line, Path configuration) throws IOException {
        Matcher matcher = line.matcher(text(configuration));
        assertThat(matcher.find()).as(line + " in " + configuration).isTrue();
        return matcher.group(1);
    }

    private static String text(Path configuration) throws IOException {
        return Files.readString(ModelChecker.SPECIFICATION.resolve(configuration), UTF_8);
    }
}
