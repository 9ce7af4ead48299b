package dev.stator.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Messages as they were written once, in golden-messages.txt: a line that describes a message, then
 * its bytes. They must be read as described and written as they stand there for as long as their
 * version is supported, so the wire format cannot change unnoticed.
 *
 * <p>Kinds of messages that have no example yet are given one by {@code ./build -pl core -am test
 * -Dtest=GoldenBytesTest -Dsurefire.failIfNoSpecifiedTests=false -Dstator.golden=add}; examples
 * that are there are never rewritten by it.
 */
class GoldenBytesTest {
    private static final Path FILE =
            Path.of("src/test/resources/dev/stator/core/wire/golden-messages.txt");
    private static final int SEEDS = 300;
    private static final int WANTED_LENGTH = 150;

    @Test
    void messagesAreReadAndWrittenAsTheyEverWere() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            byte[] bytes = HexFormat.of().parseHex(lines.get(i + 1));

            Envelope decoded = MessageCodec.decode(bytes);

            assertThat(Described.text(decoded))
                    .as("line %d of %s", i + 1, FILE)
                    .isEqualTo(lines.get(i));
            assertThat(HexFormat.of().formatHex(MessageCodec.encode(decoded)))
                    .as("line %d of %s", i + 2, FILE)
                    .isEqualTo(lines.get(i + 1));
        }
    }

    @Test
    void everyKindOfMessageHasAnExample() throws IOException {
        List<String> lines = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
        Set<String> missing = Described.kinds(Envelope.class);
        missing.removeIf(kind -> lines.stream().anyMatch(line -> line.contains(kind)));
        if ("add".equals(System.getProperty("stator.golden"))) {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, withExamples(lines, missing));
        }
        assertThat(missing).as("kinds of messages without an example in %s", FILE).isEmpty();
    }

    /** A message of a middling length among some that hold the kind, for each kind in turn. */
    private static List<String> withExamples(List<String> lines, Set<String> missing) {
        List<String> extended = new ArrayList<>(lines);
        while (!missing.isEmpty()) {
            String kind = missing.iterator().next();
            Envelope example =
                    LongStream.range(0, SEEDS)
                            .mapToObj(seed -> new RandomMessages(seed, kind).envelope())
                            .filter(envelope -> Described.text(envelope).contains(kind))
                            .min(Comparator.comparingInt(GoldenBytesTest::distance))
                            .orElseThrow();
            String described = Described.text(example);
            missing.removeIf(other -> described.contains(other));
            extended.add(described);
            extended.add(HexFormat.of().formatHex(MessageCodec.encode(example)));
        }
        return extended;
    }

    private static int distance(Envelope envelope) {
        return Math.abs(MessageCodec.encode(envelope).length - WANTED_LENGTH);
    }
}
