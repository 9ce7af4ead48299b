package dev.stator.tools.fuzz;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A JSON value that can be changed, and that may hold what JSON does not allow. */
sealed interface Json {
    /** Beyond what any answer holds. */
    int NAME_LENGTH_MAX = 1 << 20;

    /** Members in their order; a name may come twice. */
    record Obj(List<Member> members) implements Json {}

    record Member(String name, Json value) {}

    record Arr(List<Json> elements) implements Json {}

    record Text(String value) implements Json {}

    /** A number, a name such as true, or anything else, as it is written. */
    record Raw(String literal) implements Json {}

    /** Names of attributes may be longer than the library takes by itself. */
    JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNameLength(NAME_LENGTH_MAX).build())
                    .build();

    static Json parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return read(parser, parser.nextToken());
        }
    }

    private static Json read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                List<Member> members = new ArrayList<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    members.add(new Member(name, read(parser, parser.nextToken())));
                }
                yield new Obj(members);
            }
            case START_ARRAY -> {
                List<Json> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken();
                        next != JsonToken.END_ARRAY;
                        next = parser.nextToken()) {
                    elements.add(read(parser, next));
                }
                yield new Arr(elements);
            }
            case VALUE_STRING -> new Text(parser.getString());
            default -> new Raw(parser.getString());
        };
    }

    /** The value of the first member of that name; a value that is none if there is not any. */
    default Json member(String name) {
        if (this instanceof Obj(List<Member> members)) {
            for (Member member : members) {
                if (member.name().equals(name)) {
                    return member.value();
                }
            }
        }
        return new Raw("");
    }

    default void write(StringBuilder target) {
        switch (this) {
            case Raw(String literal) -> target.append(literal);
            case Text(String value) -> writeText(value, target);
            case Arr(List<Json> elements) -> {
                String separator = "[";
                for (Json element : elements) {
                    target.append(separator);
                    element.write(target);
                    separator = ",";
                }
                target.append(elements.isEmpty() ? "[]" : "]");
            }
            case Obj(List<Member> members) -> {
                String separator = "{";
                for (Member member : members) {
                    target.append(separator);
                    writeText(member.name(), target);
                    target.append(':');
                    member.value().write(target);
                    separator = ",";
                }
                target.append(members.isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void writeText(String text, StringBuilder target) {
        target.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                target.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                target.append("\\u%04x".formatted((int) c));
            } else {
                target.append(c);
            }
        }
        target.append('"');
    }
}
