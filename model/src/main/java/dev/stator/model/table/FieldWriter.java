package dev.stator.model.table;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the fields that {@link FieldReader} reads. What is null is left out. */
final class FieldWriter {
    private final AttributesBuilder fields = new AttributesBuilder();

    FieldWriter string(String name, @Nullable String value) {
        return value == null ? this : put(name, new AttributeValue.S(value));
    }

    FieldWriter constant(String name, Enum<?> value) {
        return string(name, value.name());
    }

    FieldWriter number(String name, @Nullable Long value) {
        return value == null ? this : put(name, new AttributeValue.N(DecimalNumber.of(value)));
    }

    FieldWriter number(String name, long value) {
        return put(name, new AttributeValue.N(DecimalNumber.of(value)));
    }

    FieldWriter bool(String name, boolean value) {
        return put(name, new AttributeValue.Bool(value));
    }

    FieldWriter bytes(String name, Bytes value) {
        return put(name, new AttributeValue.B(value));
    }

    FieldWriter record(String name, FieldWriter record) {
        return put(name, record.fields.toMap());
    }

    FieldWriter strings(String name, List<String> values) {
        List<AttributeValue> elements = new ArrayList<>(values.size());
        for (String value : values) {
            elements.add(new AttributeValue.S(value));
        }
        return put(name, new AttributeValue.L(elements));
    }

    <T> FieldWriter records(String name, List<T> values, BiConsumer<FieldWriter, T> write) {
        List<AttributeValue> elements = new ArrayList<>(values.size());
        for (T value : values) {
            FieldWriter element = new FieldWriter();
            write.accept(element, value);
            elements.add(element.fields.toMap());
        }
        return put(name, new AttributeValue.L(elements));
    }

    private FieldWriter put(String name, AttributeValue value) {
        fields.put(name, value);
        return this;
    }

    Item toItem() {
        return fields.toItem();
    }
}
