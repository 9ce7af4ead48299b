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
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        List<Condition> rest = new ArrayList<>();
        where.ifPresent(condition -> split(condition, key, values, rest));
        SequencedMap<String, AttributeValue> ordered = new LinkedHashMap<>();
        for (String name : key.names()) {
            AttributeValue value = values.get(name);
            if (value == null) {
                throw ApiException.validation(
                        "Where clause does not contain a mandatory equality on all key attributes");
            }
            ordered.put(name, value);
        }
        return new KeyEqualities(
                new Item(ordered),
                switch (rest.size()) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(rest.getFirst());
                    default -> Optional.of(new Condition.And(rest));
                });
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

    private static void split(
            Condition condition,
            KeyAttributes key,
            SequencedMap<String, AttributeValue> values,
            List<Condition> rest) {
        if (condition instanceof Condition.And(List<Condition> terms)) {
            terms.forEach(term -> split(term, key, values, rest));
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
            throw ApiException.validation(
                    "Multiple conditions on same key "
                            + name
                            + ". Only single item Update/Insert/Delete are supported");
        }
    }
}
