package dev.stator.model.expression;

/** What a token of an expression is. */
enum TokenKind {
    /** A letter, then letters, digits and underscores; not a keyword. */
    NAME,
    /** A placeholder for an attribute name: {@code #n}. */
    NAME_REFERENCE,
    /** A placeholder for a value: {@code :v}. */
    VALUE_REFERENCE,
    /** Decimal digits without a leading zero. */
    NUMBER,
    AND,
    OR,
    NOT,
    IN,
    BETWEEN,
    SET,
    REMOVE,
    ADD,
    DELETE,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    PLUS,
    MINUS,
    LEFT_PARENTHESIS,
    RIGHT_PARENTHESIS,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    DOT,
    COMMA,
    /** A character that begins no token; no rule of the grammar accepts it. */
    UNKNOWN,
    END
}
