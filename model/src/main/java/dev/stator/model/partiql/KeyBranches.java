package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.KeyCondition;
import dev.stator.model.expression.KeyCondition.OnAttribute;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.UnboundKeyCondition;
import dev.stator.model.expression.UnboundKeyCondition.Clause;
import dev.stator.model.expression.UnboundKeyCondition.Form;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Takes a WHERE clause apart into alternatives, as far as keys are concerned: {@code pk IN [1, 2]
 * AND (sk = 3 OR sk > 5)} has four. What does not name a key attribute is a filter, alternatives or
 * not.
 */
final class KeyBranches {
    /** Reads that a statement may come to. */
    private static final int MAX_READS = 50;

    private final KeyAttributes key;
    private final KeyAttribute partitionKey;

    private KeyBranches(KeyAttributes key) {
        this.key = key;
        partitionKey = key.partition().getFirst();
    }

    /**
     * One of the alternatives, being put together.
     *
     * @param isNegated whether it has a condition on the sort key that is no range
     */
    private record Draft(
            List<AttributeValue> partition,
            List<OnAttribute> sort,
            boolean isNegated,
            List<String> filterAttributes) {
        static final Draft EMPTY = new Draft(List.of(), List.of(), false, List.of());

        Draft and(Draft other) {
            return new Draft(
                    joined(partition, other.partition),
                    joined(sort, other.sort),
                    isNegated || other.isNegated,
                    joined(filterAttributes, other.filterAttributes));
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            SequencedSet<T> joined = new LinkedHashSet<>(first);
            joined.addAll(second);
            return List.copyOf(joined);
        }
    }

    /**
     * The alternatives; those that contradict themselves are left out. Empty where one of them does
     * not name a partition key.
     */
    static Optional<List<KeyBranch>> of(Optional<Condition> where, KeyAttributes key) {
        KeyBranches branches = new KeyBranches(key);
        if (where.isEmpty() || !branches.namesPartition(where.get())) {
            return Optional.empty();
        }
        List<Draft> drafts = branches.drafts(where.get());
        List<KeyBranch> all = new ArrayList<>();
        List<KeyBranch> exact = new ArrayList<>();
        for (Draft draft : drafts) {
            Optional<KeyBranch> branch = branches.branch(draft);
            branch.ifPresent(all::add);
            branch.filter(KeyBranch::isExact).ifPresent(exact::add);
        }
        refuseOverlap(exact);
        return Optional.of(all);
    }

    private static void refuseOverlap(List<KeyBranch> exact) {
        for (int i = 0; i < exact.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (exact.get(i).range().intersect(exact.get(j).range()).isPresent()) {
                    throw ApiException.validation(
                            "Overlapping conditions with range keys are not supported in where"
                                    + " clause");
                }
            }
        }
    }

    private boolean namesPartition(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> terms) ->
                    terms.stream().anyMatch(this::namesPartition);
            case Condition.Or(List<Condition> terms) ->
                    terms.stream().allMatch(this::namesPartition);
            case Condition.In in -> isIn(in, partitionKey);
            case Condition.Comparison comparison ->
                    KeyEquality.of(comparison, key)
                            .filter(equality -> equality.attribute().equals(partitionKey))
                            .isPresent();
            default -> false;
        };
    }

    private boolean isIn(Condition.In in, KeyAttribute attribute) {
        return KeyEquality.attribute(in.value(), key).equals(Optional.of(attribute))
                && in.candidates().stream().allMatch(Operand.Constant.class::isInstance);
    }

    private List<Draft> drafts(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> terms) -> {
                List<Draft> drafts = List.of(Draft.EMPTY);
                for (Condition term : terms) {
                    drafts = product(drafts, drafts(term));
                }
                yield drafts;
            }
            case Condition.Or(List<Condition> terms) -> {
                List<List<Draft>> alternatives = terms.stream().map(this::drafts).toList();
                yield alternatives.stream().anyMatch(KeyBranches::nameKeys)
                        ? union(alternatives)
                        : List.of(filter(condition));
            }
            case Condition.In in when key.partition().stream().anyMatch(a -> isIn(in, a)) ->
                    equalities(in, partitionKey);
            case Condition.In in when key.sort().stream().anyMatch(a -> isIn(in, a)) ->
                    equalities(in, key.sort().getFirst());
            case Condition.Comparison comparison -> List.of(comparison(comparison));
            case Condition.Between(Operand value, Operand low, Operand high)
                    when isSortKey(value)
                            && low instanceof Operand.Constant(AttributeValue lowest)
                            && high instanceof Operand.Constant(AttributeValue highest) ->
                    List.of(range(new KeyCondition.Between(sortKey().name(), lowest, highest)));
            case Condition.BeginsWith(Operand value, Operand prefix)
                    when isSortKey(value)
                            && prefix instanceof Operand.Constant(AttributeValue start) ->
                    List.of(range(new KeyCondition.BeginsWith(sortKey().name(), start)));
            default -> List.of(filter(condition));
        };
    }

    private static boolean nameKeys(List<Draft> drafts) {
        return drafts.stream()
                .anyMatch(draft -> !draft.partition().isEmpty() || !draft.sort().isEmpty());
    }

    private static List<Draft> union(List<List<Draft>> alternatives) {
        List<Draft> union = new ArrayList<>();
        for (List<Draft> alternative : alternatives) {
            union.addAll(alternative);
            checkCount(union.size());
        }
        return union;
    }

    private static List<Draft> product(List<Draft> left, List<Draft> right) {
        checkCount(left.size() * right.size());
        List<Draft> product = new ArrayList<>(left.size() * right.size());
        for (Draft first : left) {
            for (Draft second : right) {
                product.add(first.and(second));
            }
        }
        return product;
    }

    private static void checkCount(int reads) {
        if (reads > MAX_READS) {
            throw ApiException.validation("Too many decomposed read operations for a given query.");
        }
    }

    private List<Draft> equalities(Condition.In in, KeyAttribute attribute) {
        checkCount(in.candidates().size());
        List<Draft> drafts = new ArrayList<>(in.candidates().size());
        for (Operand candidate : in.candidates()) {
            if (candidate instanceof Operand.Constant(AttributeValue value)) {
                drafts.add(equality(new KeyEquality(attribute, value)));
            }
        }
        return drafts;
    }

    private Draft equality(KeyEquality equality) {
        KeyEquality.checkType(equality.attribute(), equality.value());
        return equality.attribute().equals(partitionKey)
                ? new Draft(List.of(equality.value()), List.of(), false, List.of())
                : range(new KeyCondition.Equal(equality.attribute().name(), equality.value()));
    }

    private Draft comparison(Condition.Comparison comparison) {
        Optional<KeyEquality> equality = KeyEquality.of(comparison, key);
        if (equality.isPresent()) {
            return equality(equality.get());
        }
        Optional<OnAttribute> range =
                range(comparison.comparator(), comparison.left(), comparison.right())
                        .or(() ->
                                range(
                                        comparison.comparator().reversed(),
                                        comparison.right(),
                                        comparison.left()));
        return range.map(this::range).orElseGet(() -> filter(comparison));
    }

    private Optional<OnAttribute> range(Comparator comparator, Operand left, Operand right) {
        if (!isSortKey(left) || !(right instanceof Operand.Constant(AttributeValue value))) {
            return Optional.empty();
        }
        String name = sortKey().name();
        return switch (comparator) {
            case LT -> Optional.of(new KeyCondition.LessThan(name, value));
            case LE -> Optional.of(new KeyCondition.LessOrEqual(name, value));
            case GT -> Optional.of(new KeyCondition.GreaterThan(name, value));
            case GE -> Optional.of(new KeyCondition.GreaterOrEqual(name, value));
            case EQ, NE -> Optional.empty();
        };
    }

    private boolean isSortKey(Operand operand) {
        return !key.sort().isEmpty()
                && KeyEquality.attribute(operand, key).equals(Optional.of(sortKey()));
    }

    private KeyAttribute sortKey() {
        return key.sort().getFirst();
    }

    private Draft range(OnAttribute condition) {
        condition.values().forEach(value -> KeyEquality.checkType(sortKey(), value));
        return new Draft(List.of(), List.of(condition), false, List.of());
    }

    /**
     * A condition on keys that is no range of them counts among the filters, and is known for it.
     */
    private Draft filter(Condition condition) {
        SequencedSet<String> attributes = new LinkedHashSet<>();
        condition.forEachPath(path -> attributes.add(path.attribute()));
        if (attributes.isEmpty()) {
            // One that looks at no attribute at all is a filter all the same.
            attributes.add(partitionKey.name());
        }
        boolean isNegated =
                isNegation(condition)
                        && !key.sort().isEmpty()
                        && attributes.contains(sortKey().name());
        return new Draft(List.of(), List.of(), isNegated, List.copyOf(attributes));
    }

    private static boolean isNegation(Condition condition) {
        return condition instanceof Condition.Not
                || (condition instanceof Condition.Comparison(Comparator comparator, var _, var _)
                        && comparator == Comparator.NE);
    }

    private Optional<KeyBranch> branch(Draft draft) {
        if (draft.partition().size() > 1) {
            return Optional.empty();
        }
        AttributeValue partition = draft.partition().getFirst();
        Clause ofPartition = Clause.of(new KeyCondition.Equal(partitionKey.name(), partition));
        KeyRange range =
                new UnboundKeyCondition(Form.EXPRESSION, List.of(ofPartition)).bindTo(key).range();
        AttributesBuilder values = new AttributesBuilder(2);
        values.put(partitionKey.name(), partition);
        boolean isWhole = key.sort().isEmpty();
        for (OnAttribute condition : draft.sort()) {
            List<Clause> clauses = List.of(ofPartition, Clause.of(condition));
            KeyRange narrower =
                    new UnboundKeyCondition(Form.EXPRESSION, clauses).bindTo(key).range();
            Optional<KeyRange> both = range.intersect(narrower);
            if (both.isEmpty()) {
                return Optional.empty();
            }
            range = both.get();
            if (condition instanceof KeyCondition.Equal(String name, AttributeValue value)) {
                values.put(name, value);
                isWhole = true;
            }
        }
        Optional<Item> whole = isWhole ? Optional.of(values.toItem()) : Optional.empty();
        return Optional.of(
                new KeyBranch(
                        partition, range, whole, !draft.isNegated(), draft.filterAttributes()));
    }
}
