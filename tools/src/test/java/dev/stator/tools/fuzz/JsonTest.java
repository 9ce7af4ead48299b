package dev.stator.tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
    /** An item may have such a name, and so may an answer. */
    @Test
    void namesOfAttributesMayBeAsLongAsTheServiceAllows() {
        String name = "x".repeat(65_535);
        Json read = Json.parse("{\"%s\":\"value\"}".formatted(name));
        assertThat(read.member(name)).isEqualTo(new Json.Text("value"));
    }
}
