package dev.stator.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.DecimalNumber;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void printsTheCanonicalForm() {
        Map<String, String> cases =
                Map.ofEntries(
                        Map.entry("0", "0"),
                        Map.entry("-0", "0"),
                        Map.entry("-0.00", "0"),
                        Map.entry("0e125", "0"),
                        Map.entry("0.0e126", "0"),
                        Map.entry("+5", "5"),
                        Map.entry(".5", "0.5"),
                        Map.entry("5.", "5"),
                        Map.entry("00042", "42"),
                        Map.entry("-00042", "-42"),
                        Map.entry("1e3", "1000"),
                        Map.entry("1E+3", "1000"),
                        Map.entry("1.50e-1", "0.15"),
                        Map.entry("0.1e126", "1" + "0".repeat(125)),
                        Map.entry("1e-130", "0." + "0".repeat(129) + "1"),
                        Map.entry("1" + "0".repeat(40), "1" + "0".repeat(40)),
                        Map.entry("-999999999999999999999", "-999999999999999999999"),
                        Map.entry("9".repeat(38), "9".repeat(38)));
        cases.forEach((text, canonical) -> assertThat(Numbers.parse(text)).hasToString(canonical));
    }

    @Test
    void refusesWhatIsNotANumber() {
        for (String text :
                new String[] {
                    "-",
                    "+",
                    ".",
                    "1e",
                    "1e+",
                    "e5",
                    " 1",
                    "1 ",
                    "1_000",
                    "NaN",
                    "Infinity",
                    "0x10",
                    "1.2.3",
                    "--1",
                    "1e5.0",
                    "\u0661",
                    "9999999999999999999999x",
                    "1d",
                    "1f"
                }) {
            assertRefused(text, "The parameter cannot be converted to a numeric value: " + text);
        }
        for (String text : new String[] {"1e9223372036854775808", "1e-9223372036854775809"}) {
            assertRefused(text, "The parameter cannot be converted to a numeric value: " + text);
        }
        assertRefused("", "The parameter cannot be converted to a numeric value");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertRefused("1e126", Messages.NUMBER_OVERFLOW);
        assertRefused("-11e125", Messages.NUMBER_OVERFLOW);
        assertRefused("0e126", Messages.NUMBER_OVERFLOW);
        assertRefused("1e9223372036854775807", Messages.NUMBER_OVERFLOW);
        assertRefused("1e-131", Messages.NUMBER_UNDERFLOW);
        assertRefused("0.9e-130", Messages.NUMBER_UNDERFLOW);
        assertRefused("1e-99999999999999", Messages.NUMBER_UNDERFLOW);
        assertRefused("1".repeat(39), Messages.NUMBER_TOO_MANY_DIGITS);
        assertRefused("3.14159265358979323846264338327950288419", Messages.NUMBER_TOO_MANY_DIGITS);
    }

    @Test
    void arithmeticIsExactOrRefused() {
        assertThat(add("1", "10000000000000000000000")).hasToString("10000000000000000000001");
        assertThat(add("0.1", "0.2")).hasToString("0.3");
        assertThat(add("999999999999999999", "1")).isEqualTo(Numbers.parse("1e18"));
        assertThat(Numbers.subtract(Numbers.parse("1e18"), Numbers.parse("1")))
                .isEqualTo(Numbers.parse("999999999999999999"));
        assertThatThrownBy(() -> add("1e50", "1")).hasMessage(Messages.NUMBER_OVERFLOW);
        assertThatThrownBy(() -> add("9e125", "9e125")).hasMessage(Messages.NUMBER_OVERFLOW);
        assertThatThrownBy(() -> add("1e125", "1e-130")).hasMessage(Messages.NUMBER_OVERFLOW);
        assertThatThrownBy(() -> add("1.5e-130", "-1e-130")).hasMessage(Messages.NUMBER_UNDERFLOW);
    }

    @Test
    void equalValuesAreEqual() {
        assertThat(Numbers.parse("1e3")).isEqualTo(Numbers.parse("1000.0"));
        assertThat(Numbers.parse("1e17")).isEqualTo(DecimalNumber.of(100_000_000_000_000_000L));
        assertThat(Numbers.parse("1e18")).isEqualTo(DecimalNumber.of(1_000_000_000_000_000_000L));
        assertThat(Numbers.parse("1.20")).isEqualTo(Numbers.parse("12e-1"));
    }

    private static DecimalNumber add(String left, String right) {
        return Numbers.add(Numbers.parse(left), Numbers.parse(right));
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> Numbers.parse(text))
                .as(text)
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }
}
