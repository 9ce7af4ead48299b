package dev.stator.model.expression.legacy;

import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes projections of AttributesToGet. */
public final class LegacyProjections {
    private LegacyProjections() {}

    /**
     * Converts AttributesToGet, which is not empty.
     *
     * @throws ApiException (validation) if a name comes twice
     */
    public static Projection of(List<String> attributes) {
        List<DocumentPath> paths = new ArrayList<>(attributes.size());
        Set<String> seen = new HashSet<>();
        for (String attribute : attributes) {
            if (!seen.add(attribute)) {
                throw ApiException.validation(
                        Messages.INVALID_PARAMETERS
                                + "Duplicate value in attribute"
                                + " name: "
                                + attribute);
            }
            paths.add(DocumentPath.of(attribute));
        }
        return new Projection(paths);
    }
}
