package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.Utf8;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.KeyCondition.Equal;
import dev.stator.model.expression.KeyCondition.OnAttribute;
import dev.stator.model.expression.UnboundKeyCondition.Clause;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a key condition against a key (developer guide, "Key condition expressions for Query"). */
final class KeyConditionBinder {
    private static final String NOT_SUPPORTED = "Query key condition not supported";

    private final UnboundKeyCondition.Form form;
    private final List<Clause> clauses;
    private final KeyAttributes key;

    KeyConditionBinder(UnboundKeyCondition condition, KeyAttributes key) {
        this.form = condition.form();
        this.clauses = condition.clauses();
        this.key = key;
    }

    KeyCondition bind() {
        return key.isSimple() ? bindSimple() : bindMultiple();
    }

    private KeyCondition bindSimple() {
        if (clauses.size() > 2) {
            throw ApiException.validation(
                    switch (form) {
                        case EXPRESSION ->
                                "The number of query conditions ("
                                        + clauses.size()
                                        + ") exceeds the number of key attributes defined in the"
                                        + " schema ("
                                        + key.count()
                                        + ")";
                        case LEGACY -> "Conditions can be of length 1 or 2 only";
                    });
        }
        if (clauses.size() > key.count()) {
            throw ApiException.validation(NOT_SUPPORTED);
        }
        KeyAttribute partition = key.partition().getFirst();
        OnAttribute equality = required(partition);
        checkValues(equality, partition, true);
        if (!(equality instanceof Equal equal)) {
            throw ApiException.validation(NOT_SUPPORTED);
        }
        if (clauses.size() == 1) {
            return new KeyCondition(List.of(equal), List.of());
        }
        KeyAttribute sort = key.sort().getFirst();
        OnAttribute range = required(sort);
        checkValues(range, sort, false);
        return new KeyCondition(List.of(equal), List.of(range));
    }

    private OnAttribute required(KeyAttribute attribute) {
        Clause clause = find(attribute);
        if (clause == null) {
            throw ApiException.validation(Messages.missingKeyCondition(attribute.name()));
        }
        return indexable(clause);
    }

    private @Nullable Clause find(KeyAttribute attribute) {
        for (Clause clause : clauses) {
            if (clause.attribute().equals(attribute.name())) {
                return clause;
            }
        }
        return null;
    }

    private static OnAttribute indexable(Clause clause) {
        return clause.condition()
                .orElseThrow(() ->
                        ApiException.validation(
                                "Attempted conditional constraint is not an indexable"
                                        + " operation"));
    }

    /** For the keys of global secondary indexes that consist of several attributes. */
    private KeyCondition bindMultiple() {
        if (clauses.size() > key.count()) {
            throw ApiException.validation(NOT_SUPPORTED);
        }
        List<Equal> partition = new ArrayList<>();
        for (OnAttribute condition : conditionsOn(key.partition(), true)) {
            if (condition instanceof Equal equal) {
                partition.add(equal);
            }
        }
        requireWholePartition(partition);
        List<OnAttribute> sort = conditionsOn(key.sort(), false);
        if (partition.size() + sort.size() < clauses.size()) {
            throw ApiException.validation(Messages.missingKeyCondition(firstWithout(sort)));
        }
        requirePrefix(sort);
        return new KeyCondition(partition, sort);
    }

    private List<OnAttribute> conditionsOn(List<KeyAttribute> attributes, boolean isPartition) {
        List<OnAttribute> conditions = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            Clause clause = find(attribute);
            if (clause != null) {
                OnAttribute condition = indexable(clause);
                checkValues(condition, attribute, isPartition);
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private void requireWholePartition(List<Equal> partition) {
        List<String> missing = new ArrayList<>();
        for (KeyAttribute attribute : key.partition()) {
            if (conditionOn(attribute, partition) == null) {
                missing.add(attribute.name());
            }
        }
        if (!missing.isEmpty()) {
            throw ApiException.validation(
                    "HASH key attributes "
                            + String.join(", ", missing)
                            + " must have equality conditions specified in the query");
        }
    }

    private String firstWithout(List<OnAttribute> sort) {
        for (KeyAttribute attribute : key.sort()) {
            if (conditionOn(attribute, sort) == null) {
                return attribute.name();
            }
        }
        throw new IllegalStateException("more conditions than clauses");
    }

    /** All sort-key attributes before the last one with a condition must have an equality. */
    private void requirePrefix(List<OnAttribute> sort) {
        if (sort.isEmpty()) {
            return;
        }
        String last = sort.getLast().attribute();
        List<String> missing = new ArrayList<>();
        for (KeyAttribute attribute : key.sort()) {
            if (attribute.name().equals(last)) {
                break;
            }
            if (!(conditionOn(attribute, sort) instanceof Equal)) {
                missing.add(attribute.name());
            }
        }
        if (!missing.isEmpty()) {
            throw ApiException.validation(
                    "RANGE key attributes "
                            + String.join(", ", missing)
                            + " must have equality conditions specified in the query because a"
                            + " condition is present on key attribute "
                            + last);
        }
    }

    private static @Nullable OnAttribute conditionOn(
            KeyAttribute attribute, List<? extends OnAttribute> conditions) {
        for (OnAttribute condition : conditions) {
            if (condition.attribute().equals(attribute.name())) {
                return condition;
            }
        }
        return null;
    }

    private static void checkValues(
            OnAttribute condition, KeyAttribute attribute, boolean isPartition) {
        for (AttributeValue value : condition.values()) {
            if (!attribute.type().matches(value)) {
                throw ApiException.validation(
                        Messages.INVALID_PARAMETERS
                                + "Condition parameter type does"
                                + " not match schema type");
            }
        }
        for (AttributeValue value : condition.values()) {
            checkValue(value, attribute, isPartition);
        }
    }

    private static void checkValue(
            AttributeValue value, KeyAttribute attribute, boolean isPartition) {
        int bytes =
                switch (value) {
                    case AttributeValue.S(String text) -> Utf8.length(text);
                    case AttributeValue.B(var binary) -> binary.size();
                    default -> 1;
                };
        if (bytes == 0) {
            throw ApiException.validation(
                    value instanceof AttributeValue.S
                            ? Messages.emptyStringKey(attribute.name())
                            : Messages.emptyBinaryKey(attribute.name()));
        }
        if (isPartition && bytes > KeySchema.MAX_PARTITION_KEY_BYTES) {
            throw ApiException.validation(Messages.PARTITION_KEY_TOO_LONG);
        }
        if (!isPartition && bytes > KeySchema.MAX_SORT_KEY_BYTES) {
            throw ApiException.validation(Messages.SORT_KEY_TOO_LONG);
        }
    }
}
