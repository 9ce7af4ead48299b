package dev.stator.server.json;

import dev.stator.model.Bytes;
import dev.stator.model.Utf8;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the members of a request from the parser, and refuses members of the wrong JSON type with
 * the words of the service. A member whose value is null counts as absent; members that the service
 * model does not know are skipped.
 *
 * <p>A reader serves one request. Whoever asks for a value must have been told of it by {@link
 * #nextMember}, {@link #nextKey} or {@link #nextElement}; after the call the value is consumed.
 */
final class RequestReader {
    /** Where a structure stands decides how the service words its absence. */
    enum Position {
        /** The member of another structure. */
        MEMBER("Unexpected field type"),
        /** The element of a list, the value of a map, or the request itself. */
        VALUE("Unexpected value type in payload");

        private final String notAStructure;

        Position(String notAStructure) {
            this.notAStructure = notAStructure;
        }
    }

    private static final String SHAPES = "com.amazonaws.dynamodb.v20120810.";
    private static final String UNEXPECTED_STRUCTURE =
            "Start of structure or map found where not expected";

    /** What the service says of a scalar in the place of a list or map whose values are generic. */
    private static final String NOT_A_GENERIC_COLLECTION =
            "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to"
                    + " class java.lang.Class"
                    + " (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and"
                    + " java.lang.Class are in module java.base of loader 'bootstrap')";

    private final JsonParser parser;
    private final byte[] body;
    private final int bodyOffset;
    private final ValueErrors valueErrors;
    private final AttributeValueReader values;

    RequestReader(JsonParser parser, byte[] body, int bodyOffset, ValueWording wording) {
        this.parser = parser;
        this.body = body;
        this.bodyOffset = bodyOffset;
        valueErrors = new ValueErrors(wording);
        values = new AttributeValueReader(this, valueErrors);
    }

    /** The SerializationException of a member that has the wrong type. */
    static ApiException typeError(String message) {
        return new ApiException(new ApiError.Serialization(message));
    }

    /** The SerializationException of a text that is not JSON; the service gives it no message. */
    static ApiException malformed() {
        return typeError("");
    }

    /** For values that are attribute values, items among them. */
    AttributeValueReader values() {
        return values;
    }

    ValueErrors valueErrors() {
        return valueErrors;
    }

    /** Begins the request itself. */
    void beginRequest(String shape) {
        parser.nextToken();
        beginStructure(shape, Position.VALUE);
    }

    /** After the last member: there must be nothing more. */
    void endRequest() {
        if (parser.nextToken() != null) {
            throw malformed();
        }
    }

    void beginStructure(String shape, Position position) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {}
            case START_ARRAY ->
                    throw typeError("Unrecognized collection type class " + SHAPES + shape);
            case null -> throw malformed();
            default -> throw typeError(position.notAStructure);
        }
    }

    /** The next member of a structure that is not null; null after the last one. */
    @Nullable String nextMember() {
        String name;
        do {
            name = parser.nextName();
        } while (name != null && parser.nextToken() == JsonToken.VALUE_NULL);
        return name;
    }

    /**
     * Begins a map.
     *
     * @param valueType the Java type of its values, as the service names it
     */
    void beginMap(String valueType) {
        beginMap(valueType, "Unexpected field type");
    }

    /** Begins a map that is the element of a list. */
    void beginNestedMap(String valueType) {
        beginMap(valueType, NOT_A_GENERIC_COLLECTION);
    }

    private void beginMap(String valueType, String notAMap) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {}
            case START_ARRAY ->
                    throw typeError(
                            "Unrecognized collection type java.util.Map<java.lang.String, "
                                    + valueType
                                    + ">");
            default -> throw typeError(notAMap);
        }
    }

    /** The Java type of a shape, as the service names it. */
    static String shapeType(String shape) {
        return SHAPES + shape;
    }

    /** The next key of a map; null after the last one. Its value may be null. */
    @Nullable String nextKey() {
        String key = parser.nextName();
        if (key != null) {
            checkWellFormed(key);
            parser.nextToken();
        }
        return key;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    void beginList() {
        beginList("Unexpected field type");
    }

    /** Begins a list that is the value of a map. */
    void beginNestedList() {
        beginList(NOT_A_GENERIC_COLLECTION);
    }

    private void beginList(String notAList) {
        switch (parser.currentToken()) {
            case START_ARRAY -> {}
            case START_OBJECT -> throw typeError(UNEXPECTED_STRUCTURE);
            default -> throw typeError(notAList);
        }
    }

    /** Moves to the next element of a list, which may be null; false after the last one. */
    boolean nextElement() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    String string() {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING) {
            throw notConvertible(token, "String");
        }
        String text = parser.getString();
        checkWellFormed(text);
        return text;
    }

    boolean bool() {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> throw typeError("Unexpected token received from parser");
            default -> throw notConvertible(token, "Boolean");
        };
    }

    /**
     * An integer; fractions are cut off, and what is too large for an int becomes the nearest one.
     */
    int integer() {
        return Math.clamp(number("Integer"), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /**
     * An integer; fractions are cut off, and what is too large for a long becomes the nearest one.
     */
    long longInteger() {
        return number("Long");
    }

    private long number(String type) {
        JsonToken token = parser.currentToken();
        if (!token.isNumeric()) {
            throw notConvertible(token, type);
        }
        boolean fitsLong =
                token == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fitsLong ? parser.getLongValue() : (long) parser.getDoubleValue();
    }

    Bytes blob() {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> Base64Text.decode(parser.getString());
            case START_ARRAY ->
                    throw typeError("Unrecognized collection type class java.nio.ByteBuffer");
            case START_OBJECT -> throw typeError(UNEXPECTED_STRUCTURE);
            default -> throw typeError("only base-64-encoded strings are convertible to bytes");
        };
    }

    /** Passes over the value, whatever it is. */
    void skip() {
        parser.skipChildren();
    }

    /**
     * Where in the body the current value begins, or, after it was consumed, ends; negative where
     * the parser does not know, as in a body that is not UTF-8.
     */
    int position() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Part of the body as it was sent; empty where the parser does not know its place. */
    String bodyText(int from, int to) {
        return from < 0
                ? ""
                : new String(body, bodyOffset + from, to - from, StandardCharsets.UTF_8);
    }

    private static ApiException notConvertible(JsonToken token, String type) {
        return typeError(
                switch (token) {
                    case START_OBJECT -> UNEXPECTED_STRUCTURE;
                    case START_ARRAY -> "Unrecognized collection type class java.lang." + type;
                    case VALUE_STRING -> "STRING_VALUE cannot be converted to " + type;
                    case VALUE_TRUE -> "TRUE_VALUE cannot be converted to " + type;
                    case VALUE_FALSE -> "FALSE_VALUE cannot be converted to " + type;
                    case VALUE_NUMBER_INT -> "NUMBER_VALUE cannot be converted to " + type;
                    case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE cannot be converted to " + type;
                    default -> "Unexpected token received from parser";
                });
    }

    /** Half a surrogate pair has no UTF-8 form, so it cannot be kept. */
    private static void checkWellFormed(String text) {
        if (!Utf8.isWellFormed(text)) {
            throw malformed();
        }
    }
}
