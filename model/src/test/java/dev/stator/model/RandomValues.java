package dev.stator.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Values of the API, with a taste for what is awkward. */
public final class RandomValues {
    private static final String[] AWKWARD_TEXTS = {
        "",
        "\0",
        "\1",
        "\0\0",
        "\0\1",
        "\1\0",
        "a\0",
        "\u007F",
        "\u0080",
        "\u07FF",
        "\u0800",
        "\uD7FF",
        "\uE000",
        "\uFFFD",
        "\uFFFF",
        "\uD83D\uDE00",
        "\uDBFF\uDFFF",
        "\uD800\uDC00"
    };
    private static final String[] AWKWARD_NUMBERS = {
        "0",
        "1",
        "-1",
        "9",
        "10",
        "99",
        "100",
        "0.1",
        "-0.01",
        "1E-130",
        "-1E-130",
        "9.9999999999999999999999999999999999999E+125",
        "-9.9999999999999999999999999999999999999E+125",
        "1E+125",
        "999999999999999999",
        "1000000000000000000",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808"
    };

    private final SplittableRandom random;

    public RandomValues(SplittableRandom random) {
        this.random = random;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append(
                    random.nextBoolean()
                            ? AWKWARD_TEXTS[random.nextInt(AWKWARD_TEXTS.length)]
                            : Character.toString('a' + random.nextInt(4)));
        }
        return text.toString();
    }

    public Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(6)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte)
                            switch (random.nextInt(4)) {
                                case 0 -> random.nextInt(3);
                                case 1 -> 0xFF;
                                default -> random.nextInt(256);
                            };
        }
        return Bytes.wrap(bytes);
    }

    public DecimalNumber number() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    new DecimalNumber(
                            new BigDecimal(
                                    AWKWARD_NUMBERS[random.nextInt(AWKWARD_NUMBERS.length)]));
            case 1 -> DecimalNumber.of(random.nextInt(-200, 200));
            case 2 -> DecimalNumber.of(random.nextLong());
            default -> anyNumber();
        };
    }

    private DecimalNumber anyNumber() {
        int digits = random.nextInt(1, 39);
        StringBuilder unscaled = new StringBuilder().append((char) ('1' + random.nextInt(9)));
        for (int i = 1; i < digits; i++) {
            unscaled.append((char) ('0' + random.nextInt(10)));
        }
        int exponent = random.nextBoolean() ? random.nextInt(-130, 126) : random.nextInt(-3, 40);
        BigDecimal value =
                new BigDecimal(new BigInteger(unscaled.toString()), digits - 1 - exponent);
        return new DecimalNumber(random.nextBoolean() ? value : value.negate());
    }

    /** A value that can be a key. */
    public AttributeValue keyValue() {
        return switch (random.nextInt(3)) {
            case 0 -> new AttributeValue.S(text());
            case 1 -> new AttributeValue.N(number());
            default -> new AttributeValue.B(bytes());
        };
    }

    public AttributeValue value() {
        return value(3);
    }

    private AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> new AttributeValue.S(text());
            case 1 -> new AttributeValue.N(number());
            case 2 -> new AttributeValue.B(bytes());
            case 3 -> new AttributeValue.Bool(random.nextBoolean());
            case 4 -> AttributeValue.Null.INSTANCE;
            case 5 -> new AttributeValue.StringSet(setOf(this::text));
            case 6 -> new AttributeValue.NumberSet(setOf(this::number));
            case 7 -> new AttributeValue.BinarySet(setOf(this::bytes));
            case 8 -> {
                List<AttributeValue> elements = new ArrayList<>();
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    elements.add(value(depth - 1));
                }
                yield new AttributeValue.L(elements);
            }
            default -> entries(depth - 1).toMap();
        };
    }

    public Item item() {
        return entries(3).toItem();
    }

    private AttributesBuilder entries(int depth) {
        AttributesBuilder entries = new AttributesBuilder();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            entries.put(text(), value(depth));
        }
        return entries;
    }

    private <T> SequencedSet<T> setOf(Supplier<T> member) {
        SequencedSet<T> members = new LinkedHashSet<>();
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            members.add(member.get());
        }
        return members;
    }

    /** The bytes with one random fault: a bit, a byte, a piece cut off, out, or doubled. */
    public byte[] mutated(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        int to = random.nextInt(at, bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] copy = bytes.clone();
                copy[at] ^= (byte) (1 << random.nextInt(8));
                yield copy;
            }
            case 1 -> {
                byte[] copy = bytes.clone();
                copy[at] = (byte) random.nextInt(256);
                yield copy;
            }
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> joined(bytes, at, to);
            default -> joined(bytes, to, at);
        };
    }

    /** Up to {@code first}, then from {@code second} on. */
    private static byte[] joined(byte[] bytes, int first, int second) {
        byte[] result = new byte[first + bytes.length - second];
        System.arraycopy(bytes, 0, result, 0, first);
        System.arraycopy(bytes, second, result, first, bytes.length - second);
        return result;
    }
}
