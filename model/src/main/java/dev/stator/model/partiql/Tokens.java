package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a statement into tokens. White space and comments (from {@code --} to the end of the line,
 * and between slash and star) separate them. The last token is always {@code END}.
 */
final class Tokens {
    private static final List<String> LONG_SYMBOLS =
            List.of("<<", ">>", "<=", ">=", "<>", "!=", "||");
    private static final String SHORT_SYMBOLS = "()[]{}<>=,.:;?*+-/%@";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Tokens(String text) {
        this.text = text;
    }

    /**
     * All tokens of a statement.
     *
     * @throws ApiException (validation) if something in it is no token
     */
    static List<Token> of(String text) {
        Tokens tokens = new Tokens(text);
        tokens.readAll();
        return tokens.tokens;
    }

    private void readAll() {
        while (skipToToken()) {
            readToken();
        }
        add(Kind.END, "", at);
    }

    /** Passes over white space and comments; false at the end of the statement. */
    private boolean skipToToken() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                skipBlockComment();
            } else if (Character.isWhitespace(c)) {
                advance();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipBlockComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw Malformed.token();
        }
        while (at < end + 2) {
            advance();
        }
    }

    private void advance() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private void readToken() {
        char c = text.charAt(at);
        if (c == '\'') {
            readQuoted(c, Kind.STRING);
        } else if (c == '"') {
            readQuoted(c, Kind.QUOTED_NAME);
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            readNumber();
        } else if (isLetter(c)) {
            int start = at;
            while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(at))) {
                at++;
            }
            add(Kind.WORD, text.substring(start, at), start);
        } else {
            readSymbol(c);
        }
    }

    /** Two quotes within the text stand for one. */
    private void readQuoted(char quote, Kind kind) {
        int start = at;
        int startLine = line;
        int startColumn = column(start);
        StringBuilder content = new StringBuilder();
        at++;
        while (true) {
            if (at == text.length()) {
                throw Malformed.token();
            }
            char c = text.charAt(at);
            if (c == quote) {
                if (at + 1 == text.length() || text.charAt(at + 1) != quote) {
                    break;
                }
                at++;
            }
            content.append(c);
            advance();
        }
        at++;
        tokens.add(
                new Token(
                        kind,
                        content.toString(),
                        new Position(startLine, startColumn, at - start)));
    }

    private void readNumber() {
        int start = at;
        skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int signed = at + 1;
            boolean hasSign =
                    signed < text.length()
                            && (text.charAt(signed) == '+' || text.charAt(signed) == '-');
            int digits = hasSign ? signed + 1 : signed;
            if (!isDigit(digits)) {
                throw Malformed.token();
            }
            at = digits;
            skipDigits();
        }
        String number = text.substring(start, at);
        if (!DecimalText.isConvertible(number)) {
            throw Malformed.token();
        }
        add(Kind.NUMBER, number, start);
    }

    private void skipDigits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private void readSymbol(char c) {
        int start = at;
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                add(Kind.SYMBOL, symbol, start);
                return;
            }
        }
        if (SHORT_SYMBOLS.indexOf(c) < 0) {
            throw Malformed.token();
        }
        at++;
        add(Kind.SYMBOL, String.valueOf(c), start);
    }

    private void add(Kind kind, String content, int start) {
        tokens.add(new Token(kind, content, new Position(line, column(start), at - start)));
    }

    /** Characters outside of the basic plane count as one. */
    private int column(int start) {
        return text.codePointCount(lineStart, start) + 1;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }
}
