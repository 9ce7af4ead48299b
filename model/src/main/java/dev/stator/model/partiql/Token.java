package dev.stator.model.partiql;

/**
 * A token of a statement.
 *
 * @param text of a string or quoted name, what it stands for; of anything else, as it is written
 */
record Token(Kind kind, String text, Position position) {
    enum Kind {
        /** A name without quotes, or a keyword. */
        WORD,
        /** A name in double quotes. */
        QUOTED_NAME,
        /** A text in single quotes. */
        STRING,
        /** Without a sign. */
        NUMBER,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether this can be the name of an attribute, table or index. */
    boolean isName() {
        return kind == Kind.QUOTED_NAME || (kind == Kind.WORD && !Keywords.contains(text));
    }
}
