package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.validation.Numbers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Values, items and placeholders that the tests of expressions share. */
public final class Sample {
    private Sample() {}

    public static AttributeValue s(String text) {
        return new AttributeValue.S(text);
    }

    public static AttributeValue n(String number) {
        return new AttributeValue.N(Numbers.parse(number));
    }

    public static AttributeValue n(long number) {
        return new AttributeValue.N(DecimalNumber.of(number));
    }

    public static AttributeValue b(int... bytes) {
        return new AttributeValue.B(bytes(bytes));
    }

    private static Bytes bytes(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Bytes.wrap(content);
    }

    public static AttributeValue bool(boolean value) {
        return new AttributeValue.Bool(value);
    }

    public static AttributeValue nothing() {
        return AttributeValue.Null.INSTANCE;
    }

    public static AttributeValue ss(String... members) {
        return new AttributeValue.StringSet(new LinkedHashSet<>(List.of(members)));
    }

    public static AttributeValue ns(String... members) {
        SequencedSet<DecimalNumber> numbers = new LinkedHashSet<>();
        for (String member : members) {
            numbers.add(Numbers.parse(member));
        }
        return new AttributeValue.NumberSet(numbers);
    }

    public static AttributeValue bs(int... members) {
        SequencedSet<Bytes> binaries = new LinkedHashSet<>();
        for (int member : members) {
            binaries.add(bytes(member));
        }
        return new AttributeValue.BinarySet(binaries);
    }

    public static AttributeValue list(AttributeValue... elements) {
        return new AttributeValue.L(List.of(elements));
    }

    /** Names and values in turn. */
    public static AttributeValue map(Object... entries) {
        return new AttributeValue.M(attributes(entries));
    }

    /** Names and values in turn. */
    public static Item item(Object... entries) {
        return new Item(attributes(entries));
    }

    public static SequencedMap<String, AttributeValue> attributes(Object... entries) {
        SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            attributes.put((String) entries[i], (AttributeValue) entries[i + 1]);
        }
        return attributes;
    }

    /** A value in as many maps as are asked for. */
    public static AttributeValue nested(int maps) {
        AttributeValue value = n(1);
        for (int i = 0; i < maps; i++) {
            value = map("a", value);
        }
        return value;
    }

    /** One placeholder for a value of each type, and some for names. */
    public static ExpressionContext context() {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        names.put("#a", "a");
        names.put("#dotted", "x.y");
        names.put("#pk", "pk");
        names.put("#sk", "sk");
        SequencedMap<String, AttributeValue> values =
                attributes(
                        ":n",
                        n(1),
                        ":m",
                        n(2),
                        ":s",
                        s("a"),
                        ":t",
                        s("b"),
                        ":e",
                        s(""),
                        ":b",
                        b(1),
                        ":c",
                        b(2),
                        ":ss",
                        ss("a"),
                        ":ns",
                        ns("1"),
                        ":bs",
                        bs(1),
                        ":l",
                        list(n(1)),
                        ":map",
                        map("x", n(1)),
                        ":bool",
                        bool(true),
                        ":null",
                        nothing(),
                        ":S",
                        s("S"));
        return ExpressionContext.of(Optional.of(names), Optional.of(values));
    }

    public static ExpressionContext contextOf(SequencedMap<String, AttributeValue> values) {
        return values.isEmpty()
                ? ExpressionContext.empty()
                : ExpressionContext.of(Optional.empty(), Optional.of(values));
    }

    /** The part as often as is asked for, with the separator between. */
    static String joined(String separator, String part, int count) {
        return String.join(separator, Collections.nCopies(count, part));
    }
}
