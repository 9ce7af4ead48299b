package dev.stator.model;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The value of an attribute: one of the ten types of the DynamoDB API (API reference,
 * AttributeValue). Values are immutable; {@code equals} is equality as the API defines it (numbers
 * by value, sets without order).
 */
public sealed interface AttributeValue {

    record S(String value) implements AttributeValue {}

    record N(DecimalNumber value) implements AttributeValue {}

    record B(Bytes value) implements AttributeValue {}

    record Bool(boolean value) implements AttributeValue {}

    record Null() implements AttributeValue {
        public static final Null INSTANCE = new Null();
    }

    record StringSet(SequencedSet<String> members) implements AttributeValue {
        public StringSet {
            members = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(members));
        }
    }

    record NumberSet(SequencedSet<DecimalNumber> members) implements AttributeValue {
        public NumberSet {
            members = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(members));
        }
    }

    record BinarySet(SequencedSet<Bytes> members) implements AttributeValue {
        public BinarySet {
            members = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(members));
        }
    }

    record L(List<AttributeValue> elements) implements AttributeValue {
        public L {
            elements = List.copyOf(elements);
        }
    }

    record M(SequencedMap<String, AttributeValue> entries) implements AttributeValue {
        public M {
            entries = AttributesBuilder.frozen(entries);
        }

        public static M of(Map<String, AttributeValue> entries) {
            return AttributesBuilder.copyOf(entries).toMap();
        }
    }

    /** The name of the type on the wire: S, N, B, BOOL, NULL, SS, NS, BS, L or M. */
    default String typeName() {
        return switch (this) {
            case S ignored -> "S";
            case N ignored -> "N";
            case B ignored -> "B";
            case Bool ignored -> "BOOL";
            case Null ignored -> "NULL";
            case StringSet ignored -> "SS";
            case NumberSet ignored -> "NS";
            case BinarySet ignored -> "BS";
            case L ignored -> "L";
            case M ignored -> "M";
        };
    }
}
