package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Requests.attributeValues;
import static dev.stator.core.operations.Requests.update;
import static dev.stator.core.operations.TestItems.b;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.n;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an update copies into a key of a secondary index can only be told where the item is. */
class IndexKeyUpdatesTest {
    private static final String UPDATE = "The update expression attempted to update ";
    private static final Item KEY = item("a", "k", "b", "1");
    private static final Item STORED =
            item(
                    "a",
                    "k",
                    "b",
                    "1",
                    "c",
                    "was",
                    "d",
                    "was",
                    "digits",
                    7,
                    "nothing",
                    "",
                    "words",
                    "t",
                    "lengthy",
                    "x".repeat(2_049),
                    "middling",
                    "x".repeat(1_025),
                    "octets",
                    b(""));

    private final FakeCluster cluster = Requests.clusterWithTables();

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatCannotBeAKey(String update, String message) {
        cluster.put(RANGE, STORED);

        assertThat(cluster.refuse(update(RANGE, KEY, update, ExpressionAttributes.NONE)))
                .isEqualTo(new ApiError.Validation(message));

        assertThat(cluster.item(RANGE, KEY)).contains(STORED);
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(
                        "SET c = digits", UPDATE + "the secondary index key to unsupported type"),
                Arguments.of(
                        "SET c = octets", UPDATE + "the secondary index key to unsupported type"),
                Arguments.of(
                        "SET c = nothing",
                        "One or more parameter values are not valid. "
                                + UPDATE
                                + "a secondary index key to a value that is not supported. The"
                                + " AttributeValue for a key attribute cannot contain an empty"
                                + " string value."),
                Arguments.of(
                        "SET c = lengthy",
                        UPDATE + "the secondary index key beyond allowed size limits"),
                Arguments.of(
                        "SET d = middling",
                        UPDATE + "the secondary index key beyond allowed size limits"));
    }

    @Test
    void takesWhatCanBeAKey() {
        cluster.put(RANGE, STORED);

        cluster.end(update(RANGE, KEY, "SET c = words, d = b", ExpressionAttributes.NONE));

        assertThat(cluster.item(RANGE, KEY).orElseThrow().get("c")).isEqualTo(TestItems.value("t"));
    }

    @Test
    void leavesAloneWhatItDoesNotChange() {
        Item stored = item("a", "k", "b", "1", "c", n("5"), "x", 1);
        cluster.put(RANGE, stored);

        cluster.end(update(RANGE, KEY, "SET x = :x", attributeValues(":x", 2)));
        cluster.end(update(RANGE, KEY, "SET c = c", ExpressionAttributes.NONE));

        assertThat(cluster.item(RANGE, KEY))
                .contains(item("a", "k", "b", "1", "c", n("5"), "x", 2));
    }
}
