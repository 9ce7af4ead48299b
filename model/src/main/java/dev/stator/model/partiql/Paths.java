package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.DocumentPath.Element;
import java.util.ArrayList;
import java.util.List;

/** Makes document paths of the paths of statements. */
final class Paths {
    /** The most steps of a path, the top-level attribute included. */
    private static final int MAX_DEPTH = 32;

    /** More digits are no index, whatever they are. */
    private static final int MAX_DIGITS = 10;

    private Paths() {}

    static DocumentPath of(Term.Path path) {
        List<Element> elements = new ArrayList<>(path.steps().size());
        for (Term.Step step : path.steps()) {
            elements.add(element(step));
        }
        DocumentPath resolved = new DocumentPath(path.name(), elements);
        if (resolved.depth() > MAX_DEPTH) {
            throw ApiException.validation(
                    "The document path has too many nesting levels; nesting levels: "
                            + resolved.depth());
        }
        return resolved;
    }

    private static Element element(Term.Step step) {
        return switch (step) {
            case Term.Step.Name(String name) -> new Element.Attribute(name);
            case Term.Step.Index(String digits, Position position) ->
                    new Element.Index(index(digits, position));
            case Term.Step.Wildcard(boolean ofList) ->
                    throw ApiException.validation(
                            ofList
                                    ? "Wildcard path component like a[*].b are not supported"
                                    : "Unpivot path component like a.*.b are not supported");
        };
    }

    private static int index(String digits, Position position) {
        long index = 0;
        boolean negative = digits.startsWith("-");
        for (int i = negative ? 1 : 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw outOfRange(digits, position);
            }
            index = Math.min(index * 10 + digit, Long.MAX_VALUE / MAX_DIGITS / 2);
        }
        if (index > Integer.MAX_VALUE || (negative && index > 0)) {
            throw outOfRange(digits, position);
        }
        return (int) index;
    }

    private static ApiException outOfRange(String digits, Position position) {
        return ApiException.validation(
                "List index is not within the allowable range; index: ["
                        + digits
                        + "] at "
                        + position);
    }
}
