package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.KeyAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the WHERE clause of a write says: which item is meant, and what must hold for it.
 *
 * @param key of the item
 * @param condition everything else
 */
public record KeyEqualities(Item key, Optional<Condition> condition) {

    /**
     * Takes a WHERE clause apart.
     *
     * @param key of the table
     * @throws ApiException (validation) if it does not name one item by an equality for each key
     *     attribute
     */
    public static KeyEqualities of(Optional<Condition> where, KeyAttributes key) {
        Splitting splitting = new Splitting(key, where);
        if (splitting.conflict != null) {
            throw ApiException.validation(
                    "Multiple conditions on same key "
                            + splitting.conflict
                            + ". Only single item Update/Insert/Delete are supported");
        }
        return splitting
                .result()
                .orElseThrow(() ->
                        ApiException.validation(
                                "Where clause does not contain a mandatory equality on all key"
                                        + " attributes"));
    }

    /** The same for a write in a transaction; empty where it does not name one item. */
    public static Optional<KeyEqualities> ofWrite(Optional<Condition> where, KeyAttributes key) {
        Splitting splitting = new Splitting(key, where);
        return splitting.conflict == null ? splitting.result() : Optional.empty();
    }

    /**
     * The same for a check; empty where it does not name an item. Of two values for a key attribute
     * the first is the key, and the other a condition that does not hold.
     */
    public static Optional<KeyEqualities> ofCheck(Optional<Condition> where, KeyAttributes key) {
        return new Splitting(key, where).result();
    }

    /** Whether a key attribute is to equal a value that it can not have. */
    public static boolean misfits(Optional<Condition> where, KeyAttributes key) {
        return new Splitting(key, where)
                .values.entrySet().stream()
                        .anyMatch(entry ->
                                key.attribute(entry.getKey())
                                        .filter(of -> !of.type().matches(entry.getValue()))
                                        .isPresent());
    }

    /**
     * Refuses values that the key attributes can not have.
     *
     * @throws ApiException (validation)
     */
    public void checkTypes(KeyAttributes attributes) {
        for (String name : attributes.names()) {
            attributes
                    .attribute(name)
                    .ifPresent(attribute ->
                            KeyEquality.checkType(
                                    attribute, Objects.requireNonNull(key.get(name))));
        }
    }

    /** A WHERE clause being taken apart. */
    private static final class Splitting {
        private final KeyAttributes key;
        private final SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        private final List<Condition> rest = new ArrayList<>();

        /** The first key attribute that is to have two values. */
        private @Nullable String conflict;

        Splitting(KeyAttributes key, Optional<Condition> where) {
            this.key = key;
            where.ifPresent(this::split);
        }

        private void split(Condition condition) {
            if (condition instanceof Condition.And(List<Condition> terms)) {
                terms.forEach(this::split);
                return;
            }
            Optional<KeyEquality> equality = KeyEquality.of(condition, key);
            if (equality.isEmpty()) {
                rest.add(condition);
                return;
            }
            String name = equality.get().attribute().name();
            AttributeValue value = equality.get().value();
            AttributeValue earlier = values.putIfAbsent(name, value);
            if (earlier != null && !earlier.equals(value)) {
                conflict = conflict == null ? name : conflict;
                rest.add(condition);
            }
        }

        Optional<KeyEqualities> result() {
            SequencedMap<String, AttributeValue> ordered = new LinkedHashMap<>();
            for (String name : key.names()) {
                AttributeValue value = values.get(name);
                if (value == null) {
                    return Optional.empty();
                }
                ordered.put(name, value);
            }
            return Optional.of(
                    new KeyEqualities(
                            new Item(ordered),
                            switch (rest.size()) {
                                case 0 -> Optional.empty();
                                case 1 -> Optional.of(rest.getFirst());
                                default -> Optional.of(new Condition.And(rest));
                            }));
        }
    }
}
