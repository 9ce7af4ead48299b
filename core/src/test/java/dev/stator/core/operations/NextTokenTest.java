package dev.stator.core.operations;

import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.error.ApiException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextTokenTest {
    private static final long BINDING =
            NextToken.binding("SELECT * FROM t", List.of(value("x"), value(1)));
    private static final NextToken TOKEN = new NextToken(3, Optional.of(item("a", "k", "b", 7)));
    private static final String GOLDEN = "AXiALW9pqUUeAwECAWEBAWsBYgIO";

    /** Clients hold tokens while nodes are replaced by newer ones. */
    @Test
    void bytesStayAsTheyAre() {
        assertThat(TOKEN.encode(BINDING)).isEqualTo(GOLDEN);
        assertThat(NextToken.decode(GOLDEN, BINDING)).isEqualTo(TOKEN);
    }

    @Test
    void whatIsNotAsItWasMadeIsRefused() {
        byte[] bytes = Base64.getDecoder().decode(TOKEN.encode(BINDING));
        for (int i = 0; i < bytes.length; i++) {
            byte[] cut = Arrays.copyOf(bytes, i);
            assertThatThrownBy(() ->
                            NextToken.decode(Base64.getEncoder().encodeToString(cut), BINDING))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("Invalid NextToken");
        }
        assertThatThrownBy(() -> NextToken.decode(TOKEN.encode(BINDING), BINDING + 1))
                .hasMessage("NextToken does not match request");
        assertThat(BINDING).isNotEqualTo(NextToken.binding("SELECT * FROM t", List.of(value("x"))));
    }
}
