package dev.stator.model.table;

import dev.stator.model.AttributeValue;

/** The types that a key attribute can have (API reference, AttributeDefinition). */
public enum ScalarType {
    S,
    N,
    B;

    public boolean matches(AttributeValue value) {
        return switch (this) {
            case S -> value instanceof AttributeValue.S;
            case N -> value instanceof AttributeValue.N;
            case B -> value instanceof AttributeValue.B;
        };
    }
}
