package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Utf8;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.DocumentPath.Element;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parsers of all expressions share: the place in the tokens, paths, placeholders and the
 * problems found so far. A parser goes on after a problem that is not one of syntax; what it builds
 * then stands in for the real thing and is never seen, for the problem is thrown in the end.
 */
final class ExpressionReader {
    /** The longest expression, in bytes of UTF-8. */
    private static final int MAX_EXPRESSION_BYTES = 4096;

    /** The most steps of a path, the top-level attribute included. */
    private static final int MAX_PATH_DEPTH = 32;

    /** Deeper than any expression within the limit of operators can be without redundancy. */
    private static final int MAX_PARENTHESES = 310;

    /** More function calls than fit into one another in an expression of the longest length. */
    private static final int MAX_CALLS = 300;

    private static final DocumentPath NO_PATH = DocumentPath.of("");

    private final Problems problems;
    private final ExpressionContext context;
    private final Tokens tokens;
    private int at;
    private int openParentheses;
    private int openCalls;

    /**
     * @throws ApiException (validation) if the expression is empty or too long
     */
    ExpressionReader(ExpressionKind kind, String expression, ExpressionContext context) {
        this.problems = new Problems(kind);
        this.context = context;
        if (expression.isEmpty()) {
            throw problems.refusal("The expression can not be empty;");
        }
        int bytes = Utf8.length(expression);
        if (bytes > MAX_EXPRESSION_BYTES) {
            throw problems.refusal(
                    "Expression size has exceeded the maximum allowed size; expression size: "
                            + bytes);
        }
        tokens = Tokens.of(expression);
    }

    Problems problems() {
        return problems;
    }

    /** The kind of the token that comes next. */
    TokenKind peek() {
        return tokens.kind(at);
    }

    /** Where the next token begins in the expression. */
    int position() {
        return tokens.start(at);
    }

    /** The text of the next token, which is passed. */
    String take() {
        return tokens.text(at++);
    }

    void skip() {
        at++;
    }

    boolean skipIf(TokenKind kind) {
        if (tokens.kind(at) != kind) {
            return false;
        }
        at++;
        return true;
    }

    void expect(TokenKind kind) {
        if (!skipIf(kind)) {
            throw syntaxError();
        }
    }

    /** The next token can not stand where it stands. */
    ApiException syntaxError() {
        return problems.refusal(
                "Syntax error; token: \""
                        + tokens.text(at)
                        + "\", near: \""
                        + tokens.near(at)
                        + '"');
    }

    void open() {
        expect(TokenKind.LEFT_PARENTHESIS);
        if (++openParentheses > MAX_PARENTHESES) {
            throw problems.redundantParentheses();
        }
    }

    /** Closes what {@link #open} opened. */
    void close() {
        expect(TokenKind.RIGHT_PARENTHESIS);
        openParentheses--;
    }

    boolean isCall() {
        return tokens.kind(at) == TokenKind.NAME
                && tokens.kind(at + 1) == TokenKind.LEFT_PARENTHESIS;
    }

    /** Passes the name and the parenthesis of a function call, and returns the name. */
    String openCall() {
        String function = take();
        expect(TokenKind.LEFT_PARENTHESIS);
        if (++openCalls > MAX_CALLS) {
            problems.refuseUsage();
            throw problems.refusal(
                    "Incorrect operand type for operator or function; operator or function: "
                            + function
                            + ", operand type: N");
        }
        return function;
    }

    void closeCall() {
        expect(TokenKind.RIGHT_PARENTHESIS);
        openCalls--;
    }

    /** Reads {@code :value}. */
    AttributeValue value() {
        if (peek() != TokenKind.VALUE_REFERENCE) {
            throw syntaxError();
        }
        String placeholder = take();
        AttributeValue value = context.value(placeholder);
        if (value != null) {
            return value;
        }
        problems.meaning(
                "An expression attribute value used in expression is not defined; attribute value: "
                        + placeholder);
        return AttributeValue.Null.INSTANCE;
    }

    /** Reads a path: a name, then {@code .name} and {@code [index]}. */
    DocumentPath path() {
        PathNames names = new PathNames();
        String attribute = names.read();
        List<Element> elements = null;
        while (peek() == TokenKind.DOT || peek() == TokenKind.LEFT_BRACKET) {
            if (elements == null) {
                elements = new ArrayList<>();
            }
            elements.add(skipIf(TokenKind.DOT) ? new Element.Attribute(names.read()) : readIndex());
        }
        if (elements == null && names.undefined == null) {
            return DocumentPath.of(attribute);
        }
        return checked(attribute, elements == null ? List.of() : elements, names.undefined);
    }

    private DocumentPath checked(
            String attribute, List<Element> elements, @Nullable String undefined) {
        int depth = 1 + elements.size();
        if (depth > MAX_PATH_DEPTH) {
            problems.meaning(
                    "The document path has too many nesting levels; nesting levels: " + depth);
            return NO_PATH;
        }
        if (undefined != null) {
            problems.meaning(
                    "An expression attribute name used in the document path is not defined;"
                            + " attribute name: "
                            + undefined);
            return NO_PATH;
        }
        return new DocumentPath(attribute, elements);
    }

    private Element readIndex() {
        expect(TokenKind.LEFT_BRACKET);
        if (peek() != TokenKind.NUMBER) {
            throw syntaxError();
        }
        int position = position();
        String digits = take();
        expect(TokenKind.RIGHT_BRACKET);
        long index = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (index > Integer.MAX_VALUE) {
            problems.usage(
                    position,
                    "List index is not within the allowable range; index: [" + digits + ']');
            return new Element.Index(0);
        }
        return new Element.Index((int) index);
    }

    /** Reads the names of one path and remembers the first that is not defined. */
    private final class PathNames {
        private @Nullable String undefined;

        String read() {
            return switch (peek()) {
                case NAME -> {
                    if (tokens.isReservedWord(at)) {
                        problems.usage(
                                position(),
                                "Attribute name is a reserved keyword; reserved keyword: "
                                        + tokens.text(at));
                    }
                    yield take();
                }
                case NAME_REFERENCE -> {
                    String placeholder = take();
                    String name = context.name(placeholder);
                    if (name == null && undefined == null) {
                        undefined = placeholder;
                    }
                    yield name == null ? placeholder : name;
                }
                default -> throw syntaxError();
            };
        }
    }
}
