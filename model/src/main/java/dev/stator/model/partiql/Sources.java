package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.partiql.Statement.Source;
import dev.stator.model.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables and indexes that statements are about. */
final class Sources {
    private static final String ARN = "arn:";

    private Sources() {}

    /** Writes of an index can be written as well; they are refused once the table is found. */
    static Source of(Term.Path path) {
        return of(components(path));
    }

    static Source ofInsert(Term.Path path) {
        List<String> components = components(path);
        if (components.size() > 1) {
            throw ApiException.validation(
                    "FROM clause may only contain a single table name in data manipulation"
                            + " statements");
        }
        return of(components);
    }

    private static List<String> components(Term.Path path) {
        List<String> components = new ArrayList<>();
        components.add(path.name());
        for (Term.Step step : path.steps()) {
            if (!(step instanceof Term.Step.Name(String name))) {
                throw ApiException.validation("Invalid list expression in source.");
            }
            components.add(name);
        }
        return components;
    }

    private static Source of(List<String> components) {
        if (components.size() > 2) {
            throw ApiException.validation(
                    "A path may contain at most 2 components in the FROM clause");
        }
        for (String component : components) {
            if (component.isEmpty()) {
                throw ApiException.validation("Path component cannot be an empty string");
            }
        }
        String table = components.getFirst();
        if (!table.startsWith(ARN) && !TableName.isValid(table)) {
            throw ApiException.validation(
                    "Table name should be within the length [3, 255] and only contain 'a-z',"
                            + " 'A-Z', '0-9', '-', '_', '.'.");
        }
        return new Source(
                table, components.size() == 2 ? Optional.of(components.get(1)) : Optional.empty());
    }
}
