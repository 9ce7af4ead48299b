package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.expression.DocumentPath.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Writes a condition as an expression, with placeholders for all names and values. */
final class ConditionText {
    private final SplittableRandom random;
    private final SequencedMap<String, String> names = new LinkedHashMap<>();
    private final SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();

    ConditionText(SplittableRandom random) {
        this.random = random;
    }

    ExpressionContext context() {
        return ExpressionContext.of(
                names.isEmpty() ? Optional.empty() : Optional.of(names),
                values.isEmpty() ? Optional.empty() : Optional.of(values));
    }

    String of(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> terms) -> join(terms, "AND");
            case Condition.Or(List<Condition> terms) -> join(terms, "OR");
            case Condition.Not(Condition term) -> any("NOT ", "not ", "NOT\n") + term(term);
            case Condition.Comparison(Comparator comparator, Operand left, Operand right) ->
                    of(left) + space() + comparator.symbol() + space() + of(right);
            case Condition.Between(Operand value, Operand low, Operand high) ->
                    of(value) + " BETWEEN " + of(low) + " AND " + of(high);
            case Condition.In(Operand value, List<Operand> candidates) ->
                    of(value) + any(" IN", " in ") + arguments(candidates);
            case Condition.AttributeExists(DocumentPath path) ->
                    "attribute_exists(" + of(path) + ')';
            case Condition.AttributeNotExists(DocumentPath path) ->
                    "attribute_not_exists (" + of(path) + ')';
            case Condition.AttributeType(Operand value, String type) ->
                    "attribute_type"
                            + arguments(
                                    List.of(
                                            value,
                                            new Operand.Constant(new AttributeValue.S(type))));
            case Condition.BeginsWith(Operand value, Operand prefix) ->
                    "begins_with" + arguments(List.of(value, prefix));
            case Condition.Contains(Operand container, Operand content) ->
                    "contains" + arguments(List.of(container, content));
        };
    }

    private String join(List<Condition> terms, String word) {
        List<String> texts = new ArrayList<>();
        terms.forEach(term -> texts.add(term(term)));
        return String.join(any(" ", "\t", "\r\n") + word + ' ', texts);
    }

    /** A part of a larger condition; needless parentheses are allowed once. */
    private String term(Condition condition) {
        boolean needsParentheses =
                condition instanceof Condition.And || condition instanceof Condition.Or;
        String text = of(condition);
        return needsParentheses || random.nextInt(4) == 0 ? '(' + text + ')' : text;
    }

    private String arguments(List<Operand> operands) {
        List<String> texts = new ArrayList<>();
        operands.forEach(operand -> texts.add(of(operand)));
        return '(' + String.join(any(",", ", ", " , "), texts) + ')';
    }

    private String of(Operand operand) {
        String text =
                switch (operand) {
                    case Operand.Path(DocumentPath path) -> of(path);
                    case Operand.Constant(AttributeValue value) -> of(value);
                    case Operand.Size(Operand of) -> "size(" + of(of) + ')';
                    case Operand.Truth ignored ->
                            throw new IllegalArgumentException("not in an expression");
                };
        return random.nextInt(8) == 0 ? '(' + text + ')' : text;
    }

    private String of(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    private String of(DocumentPath path) {
        StringBuilder text = new StringBuilder(name(path.attribute()));
        for (Element element : path.elements()) {
            switch (element) {
                case Element.Attribute(String name) ->
                        text.append(any(".", " . ")).append(name(name));
                case Element.Index(int index) -> text.append('[').append(index).append(']');
            }
        }
        return text.toString();
    }

    private String name(String name) {
        boolean bare = name.length() == 1 && name.charAt(0) >= 'a' && name.charAt(0) <= 'z';
        if (bare && random.nextBoolean()) {
            return name;
        }
        String placeholder = "#n" + names.size();
        names.put(placeholder, name);
        return placeholder;
    }

    private String space() {
        return any("", " ", "\n ");
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
