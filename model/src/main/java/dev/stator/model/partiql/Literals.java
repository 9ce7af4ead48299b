package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.validation.Numbers;
import dev.stator.model.validation.ValueRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Makes values of literals and parameters. Messages say where within a literal something is wrong:
 * {@code root.x[1]}. A parameter can be a value, but not part of one.
 */
final class Literals {
    private static final String ROOT = "root";

    private final List<AttributeValue> parameters;

    Literals(List<AttributeValue> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** Whether a term is a value, and not something that gives one. */
    static boolean isValue(Term term) {
        return switch (term) {
            case Term.Text _, Term.Numeral _, Term.Truth _, Term.Null _ -> true;
            case Term.Parameter _, Term.Sequence _, Term.Bag _, Term.Tuple _ -> true;
            default -> false;
        };
    }

    /**
     * The value of a term that is one.
     *
     * @throws ApiException (validation) if it is none, or none that an attribute can have
     */
    AttributeValue value(Term term) {
        return term instanceof Term.Parameter parameter
                ? parameters.get(parameter.index())
                : value(term, ROOT, 0);
    }

    /**
     * The item that a tuple stands for.
     *
     * @throws ApiException (validation) if this is no tuple, or not one of attributes
     */
    Item item(Term term) {
        if (!(term instanceof Term.Tuple tuple)) {
            throw ApiException.validation(
                    "Unsupported format in item expression. Please use struct format {...} to"
                            + " express item values for insert statement.");
        }
        AttributesBuilder attributes = new AttributesBuilder();
        for (Term.Entry entry : tuple.entries()) {
            String name = key(entry, ROOT);
            if (name.isEmpty()) {
                throw ApiException.validation("Empty attribute name");
            }
            if (!attributes.put(name, value(entry.value()))) {
                throw repeated(name, ROOT);
            }
        }
        return attributes.toItem();
    }

    private static String key(Term.Entry entry, String path) {
        if (entry.key() instanceof Term.Text(String name, Position _)) {
            return name;
        }
        throw ApiException.validation(
                "Tuple keys must be of type String. Actual type: "
                        + entry.key().kind()
                        + " under "
                        + path);
    }

    private static ApiException repeated(String name, String path) {
        return ApiException.validation("Duplicate keys in tuple. Key: " + name + " under " + path);
    }

    /**
     * @param level how many lists and maps the term is in
     */
    private AttributeValue value(Term term, String path, int level) {
        if (level >= ValueRules.MAX_LEVELS) {
            throw ApiException.validation(
                    "Nesting Levels have exceeded supported limits under " + path);
        }
        return switch (term) {
            case Term.Text(String text, Position _) -> new AttributeValue.S(text);
            case Term.Numeral(String digits, Position _) ->
                    new AttributeValue.N(number(digits, path));
            case Term.Truth(boolean value, Position _) -> new AttributeValue.Bool(value);
            case Term.Null _ -> AttributeValue.Null.INSTANCE;
            case Term.Missing _ ->
                    throw ApiException.validation("MISSING must be compared using IS operator");
            case Term.Sequence(List<Term> elements, Position _) -> list(elements, path, level);
            case Term.Tuple(List<Term.Entry> entries, Position _) -> map(entries, path, level);
            case Term.Bag(List<Term> members, Position _) -> set(members, path);
            default ->
                    throw ApiException.validation(
                            "Unsupported data type: "
                                    + term.kind()
                                    + " under key "
                                    + path
                                    + " at "
                                    + term.position());
        };
    }

    private static DecimalNumber number(String digits, String path) {
        try {
            return Numbers.parse(digits);
        } catch (ApiException refused) {
            throw ApiException.validation(refused.error().message() + " under " + path);
        }
    }

    private AttributeValue list(List<Term> elements, String path, int level) {
        List<AttributeValue> values = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            values.add(value(elements.get(i), path + '[' + i + ']', level + 1));
        }
        return new AttributeValue.L(values);
    }

    private AttributeValue map(List<Term.Entry> entries, String path, int level) {
        AttributesBuilder values = new AttributesBuilder(entries.size());
        for (Term.Entry entry : entries) {
            String name = key(entry, path);
            if (!values.put(name, value(entry.value(), path + '.' + name, level + 1))) {
                throw repeated(name, path);
            }
        }
        return values.toMap();
    }

    private static AttributeValue set(List<Term> members, String path) {
        if (members.isEmpty()) {
            throw ApiException.validation("Empty bags are not supported");
        }
        return members.getFirst() instanceof Term.Numeral
                ? numberSet(members, path)
                : stringSet(members);
    }

    private static AttributeValue stringSet(List<Term> members) {
        List<String> texts = new ArrayList<>(members.size());
        for (Term member : members) {
            if (!(member instanceof Term.Text(String text, Position _))) {
                throw noMember();
            }
            texts.add(text);
        }
        return ValueRules.stringSet(texts);
    }

    private static AttributeValue numberSet(List<Term> members, String path) {
        List<String> written = new ArrayList<>(members.size());
        SequencedSet<DecimalNumber> numbers = new LinkedHashSet<>();
        for (Term member : members) {
            if (!(member instanceof Term.Numeral(String digits, Position _))) {
                throw noMember();
            }
            written.add(digits);
            numbers.add(number(digits, path));
        }
        if (numbers.size() < members.size()) {
            throw ApiException.validation(
                    Messages.INVALID_PARAMETERS
                            + ("Input collection " + written + " contains duplicates!")
                            + (" under " + path));
        }
        return new AttributeValue.NumberSet(numbers);
    }

    private static ApiException noMember() {
        return ApiException.validation(
                "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in"
                        + " bags");
    }
}
