package dev.stator.model.table;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads named fields that must be there and have a type. Fields that nobody asks for are left
 * alone: a newer version may have written them.
 */
final class FieldReader {
    private final SequencedMap<String, AttributeValue> fields;

    FieldReader(SequencedMap<String, AttributeValue> fields) {
        this.fields = fields;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String string(String name) {
        return stringOf(name, required(name));
    }

    @Nullable String stringIfPresent(String name) {
        return has(name) ? string(name) : null;
    }

    boolean bool(String name) {
        if (required(name) instanceof AttributeValue.Bool(boolean value)) {
            return value;
        }
        throw wrong(name);
    }

    Bytes bytes(String name) {
        if (required(name) instanceof AttributeValue.B(Bytes value)) {
            return value;
        }
        throw wrong(name);
    }

    long number(String name) {
        if (!(required(name) instanceof AttributeValue.N(DecimalNumber number))) {
            throw wrong(name);
        }
        try {
            return number.value().longValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedEncodingException("not an integer: " + name, e);
        }
    }

    int integer(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw wrong(name);
        }
        return (int) value;
    }

    @Nullable Long numberIfPresent(String name) {
        return has(name) ? (Long) number(name) : null;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String word = string(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw new MalformedEncodingException("unknown " + name + ": " + word);
    }

    FieldReader record(String name) {
        return recordOf(name, required(name));
    }

    SequencedMap<String, AttributeValue> map(String name) {
        if (required(name) instanceof AttributeValue.M(SequencedMap<String, AttributeValue> map)) {
            return map;
        }
        throw wrong(name);
    }

    List<String> strings(String name) {
        return each(name, element -> stringOf(name, element));
    }

    <T> List<T> records(String name, Function<FieldReader, T> read) {
        return each(name, element -> read.apply(recordOf(name, element)));
    }

    private <T> List<T> each(String name, Function<AttributeValue, T> read) {
        if (!(required(name) instanceof AttributeValue.L(List<AttributeValue> elements))) {
            throw wrong(name);
        }
        List<T> values = new ArrayList<>(elements.size());
        for (AttributeValue element : elements) {
            values.add(read.apply(element));
        }
        return values;
    }

    private AttributeValue required(String name) {
        AttributeValue value = fields.get(name);
        if (value == null) {
            throw new MalformedEncodingException("missing: " + name);
        }
        return value;
    }

    static String stringOf(String name, AttributeValue value) {
        if (value instanceof AttributeValue.S(String text)) {
            return text;
        }
        throw wrong(name);
    }

    private static FieldReader recordOf(String name, AttributeValue value) {
        if (value instanceof AttributeValue.M(SequencedMap<String, AttributeValue> entries)) {
            return new FieldReader(entries);
        }
        throw wrong(name);
    }

    private static MalformedEncodingException wrong(String name) {
        return new MalformedEncodingException("of another type than expected: " + name);
    }
}
