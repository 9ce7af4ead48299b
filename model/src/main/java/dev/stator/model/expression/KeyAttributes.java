package dev.stator.model.expression;

import dev.stator.model.error.ApiException;
import java.util.ArrayList;
import java.util.List;

/**
 * The key attributes of a table or index, as far as expressions have to know them: partition-key
 * attributes and sort-key attributes in the order of the key schema.
 */
public record KeyAttributes(List<KeyAttribute> partition, List<KeyAttribute> sort) {

    /** A key attribute and its type: S, N or B. */
    public record KeyAttribute(String name, String typeName) {}

    public KeyAttributes {
        partition = List.copyOf(partition);
        sort = List.copyOf(sort);
        if (partition.isEmpty()) {
            throw new IllegalArgumentException("a key needs a partition-key attribute");
        }
    }

    public List<String> names() {
        List<String> names = new ArrayList<>(count());
        partition.forEach(attribute -> names.add(attribute.name()));
        sort.forEach(attribute -> names.add(attribute.name()));
        return names;
    }

    int count() {
        return partition.size() + sort.size();
    }

    /** True for tables and local secondary indexes, and for most global secondary indexes. */
    boolean isSimple() {
        return partition.size() == 1 && sort.size() <= 1;
    }

    /**
     * A filter sees the items that a query found by their key, so it may not look at the key.
     *
     * @param parameter as the message calls the filter: "Filter Expression" or "QueryFilter"
     * @throws ApiException (validation) if the filter uses a key attribute
     */
    public void refuseInFilter(String parameter, Condition filter) {
        List<DocumentPath> paths = new ArrayList<>();
        filter.forEachPath(paths::add);
        List<String> names = names();
        for (DocumentPath path : paths) {
            if (!path.isTopLevel() && names.contains(path.attribute())) {
                throw ApiException.validation(
                        "Key attributes must be scalars; list random access '[]' and map lookup '.'"
                                + " are not allowed: Key: "
                                + path.attribute());
            }
        }
        for (String name : names) {
            if (paths.contains(DocumentPath.of(name))) {
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
        List<DocumentPath> paths = update.paths();
        for (String name : names()) {
            for (DocumentPath path : paths) {
                if (path.attribute().equals(name)) {
                    throw ApiException.validation(
                            "One or more parameter values were invalid: Cannot update attribute "
                                    + name
                                    + ". This attribute is part of the key");
                }
            }
        }
    }
}
