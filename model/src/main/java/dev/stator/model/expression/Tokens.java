package dev.stator.model.expression;

import java.util.Arrays;

/**
 * The tokens of an expression, found in one pass. Space, tab, line feed and carriage return
 * separate them; every character that begins no token is an {@code UNKNOWN} token of its own, so
 * that only the parser finds errors.
 */
final class Tokens {
    /** What messages call the end of the expression. */
    private static final String END_TEXT = "<EOF>";

    private static final int INITIAL_CAPACITY = 16;

    private final String text;
    private TokenKind[] kinds = new TokenKind[INITIAL_CAPACITY];
    private int[] starts = new int[INITIAL_CAPACITY];
    private int[] ends = new int[INITIAL_CAPACITY];
    private int count;

    private Tokens(String text) {
        this.text = text;
    }

    /** The last token is always END. */
    static Tokens of(String text) {
        Tokens tokens = new Tokens(text);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            at = isSpace(c) ? at + 1 : tokens.read(c, at);
        }
        tokens.add(TokenKind.END, text.length(), text.length());
        return tokens;
    }

    TokenKind kind(int index) {
        return kinds[index];
    }

    /** Where the token begins, as an index into the expression. */
    int start(int index) {
        return starts[index];
    }

    String text(int index) {
        return kinds[index] == TokenKind.END
                ? END_TEXT
                : text.substring(starts[index], ends[index]);
    }

    /** From the token before this one to the one after it, and what stands between them. */
    String near(int index) {
        int from = index == 0 ? 0 : starts[index - 1];
        int to = kinds[index] == TokenKind.END ? text.length() : ends[index + 1];
        return text.substring(from, to);
    }

    boolean isReservedWord(int index) {
        return ReservedWords.contains(text, starts[index], ends[index]);
    }

    /** Adds the token that begins here and returns where it ends. */
    private int read(char c, int at) {
        if (isLetter(c)) {
            int end = endOfWord(at + 1);
            add(Keywords.kindOf(text, at, end), at, end);
            return end;
        }
        if (c == '#' || c == ':') {
            return readReference(c, at);
        }
        if (c == '0') {
            return add(TokenKind.NUMBER, at, at + 1);
        }
        if (isDigit(c)) {
            return readNumber(at);
        }
        return readSymbol(c, at);
    }

    private int readReference(char c, int at) {
        int end = endOfWord(at + 1);
        if (end == at + 1) {
            return add(TokenKind.UNKNOWN, at, end);
        }
        return add(c == '#' ? TokenKind.NAME_REFERENCE : TokenKind.VALUE_REFERENCE, at, end);
    }

    private int readNumber(int at) {
        int end = at + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return add(TokenKind.NUMBER, at, end);
    }

    private int readSymbol(char c, int at) {
        return switch (c) {
            case '=' -> add(TokenKind.EQUAL, at, at + 1);
            case '<' -> readLess(at);
            case '>' ->
                    isAt('=', at + 1)
                            ? add(TokenKind.GREATER_OR_EQUAL, at, at + 2)
                            : add(TokenKind.GREATER, at, at + 1);
            case '+' -> add(TokenKind.PLUS, at, at + 1);
            case '-' -> add(TokenKind.MINUS, at, at + 1);
            case '(' -> add(TokenKind.LEFT_PARENTHESIS, at, at + 1);
            case ')' -> add(TokenKind.RIGHT_PARENTHESIS, at, at + 1);
            case '[' -> add(TokenKind.LEFT_BRACKET, at, at + 1);
            case ']' -> add(TokenKind.RIGHT_BRACKET, at, at + 1);
            case '.' -> add(TokenKind.DOT, at, at + 1);
            case ',' -> add(TokenKind.COMMA, at, at + 1);
            default -> add(TokenKind.UNKNOWN, at, at + Character.charCount(text.codePointAt(at)));
        };
    }

    private int readLess(int at) {
        if (isAt('=', at + 1)) {
            return add(TokenKind.LESS_OR_EQUAL, at, at + 2);
        }
        return isAt('>', at + 1)
                ? add(TokenKind.NOT_EQUAL, at, at + 2)
                : add(TokenKind.LESS, at, at + 1);
    }

    private boolean isAt(char c, int at) {
        return at < text.length() && text.charAt(at) == c;
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int add(TokenKind kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        count++;
        return end;
    }

    /** True for what may follow the first character of a name, or the sign of a placeholder. */
    static boolean isWordPart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
