package dev.stator.model.expression;

import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The key attributes of a table or index, as far as expressions have to know them: partition-key
 * attributes and sort-key attributes in the order of the key schema.
 */
public record KeyAttributes(List<KeyAttribute> partition, List<KeyAttribute> sort) {

    public KeyAttributes {
        partition = List.copyOf(partition);
        sort = List.copyOf(sort);
        if (partition.isEmpty()) {
            throw new IllegalArgumentException("a key needs a partition-key attribute");
        }
    }

    /** The key of a table. */
    public static KeyAttributes of(KeySchema key) {
        KeyAttribute sortKey = key.sortKey();
        return new KeyAttributes(
                List.of(key.partitionKey()), sortKey == null ? List.of() : List.of(sortKey));
    }

    /** The key of an index. */
    public static KeyAttributes of(IndexKeySchema key) {
        return new KeyAttributes(key.partitionKey(), key.sortKey());
    }

    /** Those of the partition key first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(count());
        partition.forEach(attribute -> names.add(attribute.name()));
        sort.forEach(attribute -> names.add(attribute.name()));
        return names;
    }

    /** The key attribute of that name, if there is one. */
    public Optional<KeyAttribute> attribute(String name) {
        return Stream.concat(partition.stream(), sort.stream())
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    int count() {
        return partition.size() + sort.size();
    }

    /** True for tables and local secondary indexes, and for most global secondary indexes. */
    public boolean isSimple() {
        return partition.size() == 1 && sort.size() <= 1;
    }

    /**
     * The attributes of a table's key hold no documents, so no path leads into one.
     *
     * @param paths of a condition, filter, projection or update
     * @throws ApiException (validation) if one does
     */
    public void refuseNested(List<DocumentPath> paths) {
        refuseNested("Key", paths);
    }

    /** The same for the key of a secondary index. */
    public void refuseNestedInIndex(List<DocumentPath> paths) {
        refuseNested("IndexKey", paths);
    }

    private void refuseNested(String kind, List<DocumentPath> paths) {
        for (String name : names()) {
            for (DocumentPath path : paths) {
                if (!path.isTopLevel() && path.attribute().equals(name)) {
                    throw ApiException.validation(
                            "Key attributes must be scalars; list random access '[]' and map lookup"
                                    + " '.' are not allowed: "
                                    + kind
                                    + ": "
                                    + name);
                }
            }
        }
    }

    /**
     * A filter sees the items that a query found by their key, so it may not look at the key.
     *
     * @param parameter as the message calls the filter: "Filter Expression" or "QueryFilter"
     * @throws ApiException (validation) if the filter uses a key attribute, or a path into one
     */
    public void refuseInFilter(String parameter, Condition filter) {
        Set<String> attributes = new HashSet<>();
        filter.forEachPath(path -> attributes.add(path.attribute()));
        for (String name : names()) {
            if (attributes.contains(name)) {
                throw ApiException.validation(
                        parameter
                                + " can only contain non-primary key attributes: Primary key"
                                + " attribute: "
                                + name);
            }
        }
    }

    /**
     * The key of an item never changes.
     *
     * @throws ApiException (validation) if the update would change a key attribute
     */
    public void refuseInUpdate(UpdateExpression update) {
        List<DocumentPath> paths = update.targets();
        for (String name : names()) {
            for (DocumentPath path : paths) {
                if (path.attribute().equals(name)) {
                    throw ApiException.validation(
                            Messages.INVALID_PARAMETERS
                                    + "Cannot update attribute "
                                    + name
                                    + ". This attribute is part of the key");
                }
            }
        }
    }
}
