package dev.stator.model.partiql;

import java.util.List;

/** The place in the tokens of a statement. */
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token after the next one; the end, if there is none. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean isWord(String word) {
        return peek().isWord(word);
    }

    boolean isSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean isEnd() {
        return peek().kind() == Token.Kind.END || isSymbol(";");
    }

    boolean skipWord(String word) {
        if (!isWord(word)) {
            return false;
        }
        at++;
        return true;
    }

    boolean skipSymbol(String symbol) {
        if (!isSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    void expectSymbol(String symbol, String name) {
        if (!skipSymbol(symbol)) {
            throw Malformed.because("Expected " + name);
        }
    }
}
