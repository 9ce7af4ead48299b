package dev.stator.model.expression;

/**
 * The words that are part of the grammar, in upper or lower case or both. They are keywords in
 * every expression, also where the grammar has no use for them.
 */
final class Keywords {
    private Keywords() {}

    /** The keyword that stands between two indexes of a text, or NAME. */
    static TokenKind kindOf(String text, int start, int end) {
        return switch (end - start) {
            case 2 -> {
                if (is("IN", text, start)) {
                    yield TokenKind.IN;
                }
                yield is("OR", text, start) ? TokenKind.OR : TokenKind.NAME;
            }
            case 3 -> ofThreeLetters(text, start);
            case 6 -> {
                if (is("REMOVE", text, start)) {
                    yield TokenKind.REMOVE;
                }
                yield is("DELETE", text, start) ? TokenKind.DELETE : TokenKind.NAME;
            }
            case 7 -> is("BETWEEN", text, start) ? TokenKind.BETWEEN : TokenKind.NAME;
            default -> TokenKind.NAME;
        };
    }

    private static TokenKind ofThreeLetters(String text, int start) {
        if (is("AND", text, start)) {
            return TokenKind.AND;
        }
        if (is("SET", text, start)) {
            return TokenKind.SET;
        }
        if (is("NOT", text, start)) {
            return TokenKind.NOT;
        }
        return is("ADD", text, start) ? TokenKind.ADD : TokenKind.NAME;
    }

    private static boolean is(String word, String text, int start) {
        return text.regionMatches(true, start, word, 0, word.length());
    }
}
