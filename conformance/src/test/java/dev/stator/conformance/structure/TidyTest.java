package dev.stator.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes and names. The lists of exemptions only shrink; each entry says why. */
class TidyTest {
    private static final int FILE_LINES_MAX = 800;
    private static final int METHOD_LINES_MAX = 70;
    private static final int LINE_LENGTH_MAX = 120;

    /** Files that may be longer, with the reason. */
    private static final Map<String, String> LONG_FILES = Map.of();

    private static final Pattern BAD_NAME =
            Pattern.compile("(.*(Util|Utils|Helper|Manager|Impl)|Common)\\.java");
    private static final Pattern BAD_PACKAGE =
            Pattern.compile(".*/(util|utils|helper|helpers|common|impl)/.*");
    private static final Pattern METHOD_START =
            Pattern.compile(
                    "    (?! )(?!return |throw |new |else |case )[\\w<>@\\[\\], .?&]+\\(.*");

    @Test
    void filesAreNotTooLong() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = lines(file).size();
            if (lines > FILE_LINES_MAX && !LONG_FILES.containsKey(name(file))) {
                tooLong.add(lines + " " + file);
            }
        }
        assertThat(tooLong).as("files above " + FILE_LINES_MAX + " lines").isEmpty();
    }

    @Test
    void linesAreNotTooLong() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = lines(file);
            boolean textBlock = false;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.contains("\"\"\"")) {
                    textBlock = !textBlock;
                }
                boolean literal = textBlock || line.contains("\"") || line.startsWith("import ");
                if (line.length() > LINE_LENGTH_MAX && !literal) {
                    tooLong.add(file + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).as("lines above " + LINE_LENGTH_MAX + " characters").isEmpty();
    }

    @Test
    void methodsAreNotTooLong() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            if (file.toString().contains("/src/main/")) {
                addLongMethods(file, tooLong);
            }
        }
        assertThat(tooLong).as("methods above " + METHOD_LINES_MAX + " lines").isEmpty();
    }

    /** The formatter puts a member at four spaces and its closing brace at four spaces. */
    private static void addLongMethods(Path file, List<String> tooLong) {
        List<String> lines = lines(file);
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (METHOD_START.matcher(line).matches()
                    && !line.endsWith(";")
                    && !line.endsWith("}")) {
                start = i;
            } else if (line.equals("    }") && start >= 0) {
                int length = i - start + 1;
                String method = name(file) + ":" + methodName(lines.get(start));
                if (length > METHOD_LINES_MAX) {
                    tooLong.add(length + " " + method);
                }
                start = -1;
            }
        }
    }

    private static String methodName(String line) {
        String head = line.substring(0, line.indexOf('('));
        return head.substring(head.lastIndexOf(' ') + 1);
    }

    @Test
    void nothingIsNamedAfterNothing() {
        List<String> bad = new ArrayList<>();
        for (Path file : sources()) {
            if (BAD_NAME.matcher(name(file)).matches()
                    || BAD_PACKAGE.matcher(file.toString()).matches()) {
                bad.add(file.toString());
            }
        }
        assertThat(bad).isEmpty();
    }

    @Test
    void everyPackageSaysThatItIsNullMarked() {
        List<String> unmarked = new ArrayList<>();
        sources().stream()
                .map(Path::getParent)
                .distinct()
                .forEach(directory -> {
                    Path info = directory.resolve("package-info.java");
                    boolean main =
                            Files.exists(
                                    Path.of(info.toString().replace("/src/test/", "/src/main/")));
                    if (!Files.exists(info) && !main) {
                        unmarked.add(directory.toString());
                    }
                });
        assertThat(unmarked).isEmpty();
    }

    @Test
    void testsDoNotSleep() {
        Pattern sleep = Pattern.compile("Thread\\.sleep|TimeUnit\\.\\w+\\.sleep");
        List<String> sleeping = new ArrayList<>();
        for (Path file : sources()) {
            boolean self = name(file).equals("TidyTest.java");
            if (!self
                    && file.toString().contains("/src/test/")
                    && lines(file).stream().anyMatch(line -> sleep.matcher(line).find())) {
                sleeping.add(file.toString());
            }
        }
        assertThat(sleeping).isEmpty();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
