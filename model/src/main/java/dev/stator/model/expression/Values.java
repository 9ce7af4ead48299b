package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import java.util.Base64;
import java.util.List;

/**
 * How conditions compare values (developer guide, "Comparison operator and function reference").
 */
final class Values {
    private Values() {}

    static boolean beginsWith(AttributeValue value, AttributeValue prefix) {
        if (value instanceof AttributeValue.S(String text)
                && prefix instanceof AttributeValue.S(String start)) {
            return text.startsWith(start);
        }
        return value instanceof AttributeValue.B(Bytes bytes)
                && prefix instanceof AttributeValue.B(Bytes start)
                && bytes.startsWith(start);
    }

    /** True if the content is part of a string or binary, or a member of a set or list. */
    static boolean contains(AttributeValue container, AttributeValue content) {
        return switch (container) {
            case AttributeValue.S(String text) ->
                    content instanceof AttributeValue.S(String part) && text.contains(part);
            case AttributeValue.B(Bytes bytes) ->
                    content instanceof AttributeValue.B(Bytes part) && indexOf(bytes, part) >= 0;
            case AttributeValue.StringSet(var members) ->
                    content instanceof AttributeValue.S(String member) && members.contains(member);
            case AttributeValue.NumberSet(var members) ->
                    content instanceof AttributeValue.N(var member) && members.contains(member);
            case AttributeValue.BinarySet(var members) ->
                    content instanceof AttributeValue.B(Bytes member) && members.contains(member);
            case AttributeValue.L(List<AttributeValue> elements) -> elements.contains(content);
            default -> false;
        };
    }

    private static int indexOf(Bytes bytes, Bytes part) {
        for (int at = 0; at <= bytes.size() - part.size(); at++) {
            int matching = 0;
            while (matching < part.size() && bytes.at(at + matching) == part.at(matching)) {
                matching++;
            }
            if (matching == part.size()) {
                return at;
            }
        }
        return -1;
    }

    /** What size() gives: UTF-16 code units, bytes or elements; -1 for a value without a size. */
    static int size(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(String text) -> text.length();
            case AttributeValue.B(Bytes bytes) -> bytes.size();
            case AttributeValue.StringSet(var members) -> members.size();
            case AttributeValue.NumberSet(var members) -> members.size();
            case AttributeValue.BinarySet(var members) -> members.size();
            case AttributeValue.L(List<AttributeValue> elements) -> elements.size();
            case AttributeValue.M(var entries) -> entries.size();
            case AttributeValue.N ignored -> -1;
            case AttributeValue.Bool ignored -> -1;
            case AttributeValue.Null ignored -> -1;
        };
    }

    /** A scalar as messages write it: {@code {N:1}}. */
    static String describe(AttributeValue value) {
        String text =
                switch (value) {
                    case AttributeValue.S(String string) -> string;
                    case AttributeValue.N(var number) -> number.toString();
                    case AttributeValue.B(Bytes bytes) ->
                            Base64.getEncoder().encodeToString(bytes.unsafeArray());
                    default -> value.toString();
                };
        return '{' + value.typeName() + ':' + text + '}';
    }
}
