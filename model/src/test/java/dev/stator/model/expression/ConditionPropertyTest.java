package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.Item;
import dev.stator.model.RandomCases;
import dev.stator.model.error.ApiException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the evaluator against a slow and simple one, and the parser against a printer. */
class ConditionPropertyTest {
    @Test
    void evaluatesAsTheSimpleEvaluatorDoes() {
        RandomCases.check(
                50_000,
                random -> {
                    RandomExpressions expressions = new RandomExpressions(random);
                    Item item = expressions.item();
                    Condition condition = expressions.condition(item, 3);
                    assertThat(condition.matches(item))
                            .as("%s on %s", condition, item)
                            .isEqualTo(holds(condition, item));
                });
    }

    /** What is refused is not compared: the conditions are made without regard to the rules. */
    @Test
    void parsesWhatItsPrinterPrints() {
        int[] parsed = {0};
        RandomCases.check(
                20_000,
                random -> {
                    RandomExpressions expressions = new RandomExpressions(random);
                    Condition condition = expressions.condition(expressions.item(), 3);
                    ConditionText printer = new ConditionText(random);
                    String text = printer.of(condition);
                    try {
                        ExpressionContext context = printer.context();
                        assertThat(ExpressionParser.parseFilter(text, context))
                                .as(text)
                                .isEqualTo(condition);
                        context.refuseUnused();
                        parsed[0]++;
                    } catch (ApiException refusal) {
                        assertThat(refusal.getMessage())
                                .as(text)
                                .doesNotContain("Syntax error", "parentheses", "unused", "keyword");
                    }
                });
        assertThat(parsed[0]).isGreaterThan(0);
    }

    private static boolean holds(Condition condition, Item item) {
        return switch (condition) {
            case Condition.And(List<Condition> terms) ->
                    terms.stream().allMatch(term -> holds(term, item));
            case Condition.Or(List<Condition> terms) ->
                    terms.stream().anyMatch(term -> holds(term, item));
            case Condition.Not(Condition term) -> !holds(term, item);
            case Condition.Comparison(Comparator comparator, Operand left, Operand right) ->
                    holds(comparator, value(left, item), value(right, item));
            case Condition.Between(Operand value, Operand low, Operand high) ->
                    holds(Comparator.GE, value(value, item), value(low, item))
                            && holds(Comparator.LE, value(value, item), value(high, item));
            case Condition.In(Operand value, List<Operand> candidates) ->
                    candidates.stream()
                            .anyMatch(candidate ->
                                    holds(
                                            Comparator.EQ,
                                            value(value, item),
                                            value(candidate, item)));
            case Condition.AttributeExists(DocumentPath path) -> path.resolve(item) != null;
            case Condition.AttributeNotExists(DocumentPath path) -> path.resolve(item) == null;
            case Condition.AttributeType(Operand operand, String type) -> {
                AttributeValue value = value(operand, item);
                yield value != null && value.typeName().equals(type);
            }
            case Condition.BeginsWith(Operand operand, Operand prefix) ->
                    isText(value(operand, item), value(prefix, item))
                            && text(value(operand, item)).startsWith(text(value(prefix, item)));
            case Condition.Contains(Operand container, Operand content) ->
                    contains(value(container, item), value(content, item));
        };
    }

    private static boolean holds(
            Comparator comparator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (left == null || right == null) {
            return comparator == Comparator.NE;
        }
        boolean isEqual = canonical(left).equals(canonical(right));
        if (comparator == Comparator.EQ || comparator == Comparator.NE) {
            return isEqual == (comparator == Comparator.EQ);
        }
        if (!left.typeName().equals(right.typeName())) {
            return false;
        }
        int order;
        if (left instanceof AttributeValue.N(var a) && right instanceof AttributeValue.N(var b)) {
            order = a.value().compareTo(b.value());
        } else if (isText(left, right)) {
            order = Arrays.compareUnsigned(bytes(left), bytes(right));
        } else {
            return false;
        }
        return switch (comparator) {
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean isText(@Nullable AttributeValue left, @Nullable AttributeValue right) {
        return left != null
                && right != null
                && left.typeName().equals(right.typeName())
                && (left instanceof AttributeValue.S || left instanceof AttributeValue.B);
    }

    private static byte[] bytes(@Nullable AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case AttributeValue.B(Bytes bytes) -> bytes.toArray();
            case null, default -> throw new IllegalArgumentException("no text");
        };
    }

    /** One char for each byte. */
    private static String text(@Nullable AttributeValue value) {
        return new String(bytes(value), StandardCharsets.ISO_8859_1);
    }

    private static boolean contains(
            @Nullable AttributeValue container, @Nullable AttributeValue content) {
        if (container == null || content == null) {
            return false;
        }
        if (isText(container, content)) {
            return text(container).contains(text(content));
        }
        List<String> members = new ArrayList<>();
        switch (container) {
            case AttributeValue.StringSet(var set) ->
                    set.forEach(member -> members.add(canonical(new AttributeValue.S(member))));
            case AttributeValue.NumberSet(var set) ->
                    set.forEach(member -> members.add(canonical(new AttributeValue.N(member))));
            case AttributeValue.BinarySet(var set) ->
                    set.forEach(member -> members.add(canonical(new AttributeValue.B(member))));
            case AttributeValue.L(var list) ->
                    list.forEach(element -> members.add(canonical(element)));
            default -> {}
        }
        return members.contains(canonical(content));
    }

    private static @Nullable AttributeValue value(Operand operand, Item item) {
        return switch (operand) {
            case Operand.Path(DocumentPath path) -> path.resolve(item);
            case Operand.Constant(AttributeValue value) -> value;
            case Operand.Size(Operand of) ->
                    switch (value(of, item)) {
                        case AttributeValue.S(String text) -> Sample.n(text.length());
                        case AttributeValue.B(Bytes bytes) -> Sample.n(bytes.toArray().length);
                        case AttributeValue.StringSet(var set) -> Sample.n(set.size());
                        case AttributeValue.NumberSet(var set) -> Sample.n(set.size());
                        case AttributeValue.BinarySet(var set) -> Sample.n(set.size());
                        case AttributeValue.L(var list) -> Sample.n(list.size());
                        case AttributeValue.M(var map) -> Sample.n(map.size());
                        case null, default -> null;
                    };
            case Operand.Truth ignored ->
                    throw new IllegalArgumentException("not in an expression");
        };
    }

    /** The same text for equal values. */
    private static String canonical(AttributeValue value) {
        String text =
                switch (value) {
                    case AttributeValue.S(String string) -> string.length() + ":" + string;
                    case AttributeValue.N(var number) -> plain(number.value());
                    case AttributeValue.B(Bytes bytes) -> bytes.toString();
                    case AttributeValue.Bool(boolean bool) -> Boolean.toString(bool);
                    case AttributeValue.Null ignored -> "";
                    case AttributeValue.StringSet(var set) ->
                            sorted(
                                    set.stream()
                                            .map(m -> canonical(new AttributeValue.S(m)))
                                            .toList());
                    case AttributeValue.NumberSet(var set) ->
                            sorted(
                                    set.stream()
                                            .map(m -> canonical(new AttributeValue.N(m)))
                                            .toList());
                    case AttributeValue.BinarySet(var set) ->
                            sorted(
                                    set.stream()
                                            .map(m -> canonical(new AttributeValue.B(m)))
                                            .toList());
                    case AttributeValue.L(var list) ->
                            list.stream().map(ConditionPropertyTest::canonical).toList().toString();
                    case AttributeValue.M(var map) -> {
                        TreeMap<String, String> entries = new TreeMap<>();
                        map.forEach((name, entry) ->
                                entries.put(name.length() + ":" + name, canonical(entry)));
                        yield entries.toString();
                    }
                };
        return value.typeName() + '(' + text + ')';
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static String sorted(Collection<String> members) {
        return members.stream().sorted().toList().toString();
    }
}
