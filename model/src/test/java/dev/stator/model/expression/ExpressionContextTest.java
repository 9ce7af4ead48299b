package dev.stator.model.expression;

import static dev.stator.model.expression.Sample.attributes;
import static dev.stator.model.expression.Sample.n;
import static dev.stator.model.expression.Sample.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.error.ApiException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ExpressionContextTest {
    private static SequencedMap<String, String> names(String... entries) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            names.put(entries[i], entries[i + 1]);
        }
        return names;
    }

    private static ExpressionContext ofNames(SequencedMap<String, String> names) {
        return ExpressionContext.of(Optional.of(names), Optional.empty());
    }

    private static ExpressionContext ofValues(SequencedMap<String, AttributeValue> values) {
        return ExpressionContext.of(Optional.empty(), Optional.of(values));
    }

    @Test
    void mapsAreNotEmpty() {
        assertThatThrownBy(() -> ofNames(names()))
                .isInstanceOf(ApiException.class)
                .hasMessage("ExpressionAttributeNames must not be empty");
        assertThatThrownBy(() -> ofValues(attributes()))
                .hasMessage("ExpressionAttributeValues must not be empty");
        assertThatThrownBy(
                        () -> ExpressionContext.of(Optional.of(names()), Optional.of(attributes())))
                .hasMessage("ExpressionAttributeNames must not be empty");
    }

    @Test
    void placeholdersHaveAForm() {
        for (String key : new String[] {"a", "#", "#a-b", "#é", "", "##a", ":a", "# a"}) {
            assertThatThrownBy(() -> ofNames(names(key, "a")))
                    .hasMessage(
                            "ExpressionAttributeNames contains invalid key: Syntax error; key: \""
                                    + key
                                    + '"');
        }
        for (String key : new String[] {"n", ":", ":a.b", "#n"}) {
            assertThatThrownBy(() -> ofValues(attributes(key, n(1))))
                    .hasMessage(
                            "ExpressionAttributeValues contains invalid key: Syntax error; key: \""
                                    + key
                                    + '"');
        }
        for (String key : new String[] {"#1", "#_", "#a_1", "#AND"}) {
            assertThatCode(() -> ofNames(names(key, "a"))).doesNotThrowAnyException();
        }
    }

    @Test
    void placeholdersAndNamesHaveALength() {
        assertThatCode(() -> ofNames(names("#" + "a".repeat(254), "x"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ofNames(names("#" + "a".repeat(255), "x")))
                .hasMessage(
                        "ExpressionAttributeNames contains invalid key: The expression attribute map"
                                + " contains a key that is too long; size of key: 256");
        assertThatThrownBy(() -> ofNames(names("#a", "")))
                .hasMessage(
                        "ExpressionAttributeNames contains invalid value: Empty attribute name for"
                                + " key #a");
        assertThatCode(() -> ofNames(names("#a", "x".repeat(65_535)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ofNames(names("#a", "é".repeat(32_768))))
                .hasMessage(
                        "ExpressionAttributeNames contains invalid value: Attribute name is too"
                                + " large, must be less than 65536 bytes for key #a");
    }

    @Test
    void mapsHaveASize() {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            names.put("#" + i, "x".repeat(60_000));
        }
        assertThatThrownBy(() -> ofNames(names))
                .hasMessage("ExpressionAttributeNames exceeds max size");
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            values.put(":" + i, s("x".repeat(300_000)));
        }
        assertThatThrownBy(() -> ofValues(values))
                .hasMessage("ExpressionAttributeValues exceeds max size");
    }

    @Test
    void whatNoExpressionUsesIsReported() {
        ExpressionContext context =
                ExpressionContext.of(
                        Optional.of(names("#a", "a", "#q", "q", "#r", "r")),
                        Optional.of(attributes(":n", n(1), ":q", n(2))));
        ExpressionParser.parseUpdate("SET #a = :n", context);
        assertThatThrownBy(context::refuseUnused)
                .isInstanceOf(ApiException.class)
                .hasMessage(
                        "Value provided in ExpressionAttributeNames unused in expressions: keys:"
                                + " {#q, #r}");
        ExpressionParser.parseCondition("#a = :n AND contains(#r.#q[0], #a)", context);
        assertThatThrownBy(context::refuseUnused)
                .hasMessage(
                        "Value provided in ExpressionAttributeValues unused in expressions: keys:"
                                + " {:q}");
        ExpressionParser.parseFilter("#a IN (:q)", context);
        assertThatCode(context::refuseUnused).doesNotThrowAnyException();
    }

    @Test
    void aNameIsOneStepOfAPathWhateverItHolds() {
        ExpressionContext context = ofNames(names("#a", "a.b[0]", "#b", "SELECT", "#c", "3 #="));
        Projection projection = ExpressionParser.parseProjection("#a.#b[1], #c", context);
        assertThat(projection.topLevelAttributes()).containsExactly("a.b[0]", "3 #=");
        assertThat(projection.paths().getFirst()).hasToString("[a.b[0], SELECT, [1]]");
    }
}
