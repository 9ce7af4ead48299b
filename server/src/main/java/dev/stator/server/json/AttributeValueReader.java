package dev.stator.server.json;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.error.Messages;
import dev.stator.model.validation.ValueRules;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads attribute values. What is no attribute value, though of the right JSON types, is noted in
 * {@link ValueErrors} and replaced by a null value: the request is refused, but not before it has
 * been read to its end.
 */
final class AttributeValueReader {
    private static final String SHAPE = "AttributeValue";

    private final RequestReader in;
    private final ValueErrors errors;
    private final SetReader sets;

    /** Takes numbers as they are written, while somebody wants to know. */
    private @Nullable StringBuilder numerals;

    AttributeValueReader(RequestReader in, ValueErrors errors) {
        this.in = in;
        this.errors = errors;
        sets = new SetReader(in, errors);
    }

    /** An item, or a key, as a member of a structure. */
    Item item() {
        in.beginMap(RequestReader.shapeType(SHAPE));
        return attributes();
    }

    /**
     * A key as the element of a list.
     *
     * @param written takes its numbers as they are written
     */
    Item keyInList(StringBuilder written) {
        in.beginNestedMap(RequestReader.shapeType(SHAPE));
        numerals = written;
        try {
            return attributes();
        } finally {
            numerals = null;
        }
    }

    private Item attributes() {
        AttributesBuilder attributes = new AttributesBuilder();
        String name;
        while ((name = in.nextKey()) != null) {
            if (name.isEmpty()) {
                errors.add(ValueErrors.EMPTY_NAME);
            }
            attributes.put(name, value(Position.VALUE, 1));
        }
        return attributes.toItem();
    }

    /** A value as a member of a structure. */
    AttributeValue member() {
        return value(Position.MEMBER, 1);
    }

    /** The values of ExpressionAttributeValues. */
    SequencedMap<String, AttributeValue> expressionValues() {
        in.beginMap(RequestReader.shapeType(SHAPE));
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        String name;
        while ((name = in.nextKey()) != null) {
            errors.enterExpressionValue(name);
            values.put(name, value(Position.VALUE, 1));
        }
        errors.leave();
        return values;
    }

    /** The values of an AttributeValueList. */
    List<AttributeValue> list() {
        return elements(1);
    }

    private AttributeValue value(Position position, int level) {
        if (in.isNull()) {
            errors.add(Messages.NO_DATATYPE);
            return AttributeValue.Null.INSTANCE;
        }
        in.beginStructure(SHAPE, position);
        if (level > ValueRules.MAX_LEVELS) {
            errors.add(Messages.NESTED_TOO_DEEP);
            in.skip();
            return AttributeValue.Null.INSTANCE;
        }
        AttributeValue value = AttributeValue.Null.INSTANCE;
        String typeSeen = null;
        boolean several = false;
        String type;
        while ((type = in.nextMember()) != null) {
            switch (type) {
                case "S" -> value = new AttributeValue.S(in.string());
                case "N" -> value = number();
                case "B" -> value = new AttributeValue.B(in.blob());
                case "BOOL" -> value = new AttributeValue.Bool(in.bool());
                case "NULL" -> value = nullValue();
                case "SS" -> value = sets.strings();
                case "NS" -> value = sets.numbers();
                case "BS" -> value = sets.binaries();
                case "L" -> value = new AttributeValue.L(elements(level + 1));
                case "M" -> value = map(level + 1);
                default -> {
                    in.skip();
                    continue;
                }
            }
            several |= typeSeen != null && !typeSeen.equals(type);
            typeSeen = type;
        }
        if (typeSeen == null || several) {
            errors.add(typeSeen == null ? Messages.NO_DATATYPE : Messages.SEVERAL_DATATYPES);
        }
        return value;
    }

    private AttributeValue number() {
        String written = in.string();
        if (numerals != null) {
            numerals.append(written).append(' ');
        }
        return new AttributeValue.N(NumberReader.parse(written, errors));
    }

    private AttributeValue nullValue() {
        if (!in.bool()) {
            errors.add(Messages.INVALID_PARAMETERS + Messages.NULL_MUST_BE_TRUE);
        }
        return AttributeValue.Null.INSTANCE;
    }

    private List<AttributeValue> elements(int level) {
        in.beginList();
        List<AttributeValue> elements = new ArrayList<>();
        while (in.nextElement()) {
            elements.add(value(Position.VALUE, level));
        }
        return elements;
    }

    private AttributeValue map(int level) {
        in.beginMap(RequestReader.shapeType(SHAPE));
        AttributesBuilder entries = new AttributesBuilder();
        String name;
        while ((name = in.nextKey()) != null) {
            entries.put(name, value(Position.VALUE, level));
        }
        return entries.toMap();
    }
}
