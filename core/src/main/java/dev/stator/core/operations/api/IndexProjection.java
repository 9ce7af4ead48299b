package dev.stator.core.operations.api;

import dev.stator.model.table.ProjectionType;
import java.util.List;
import java.util.Optional;

/** Which attributes an index holds besides keys (the shape that the API calls Projection). */
public record IndexProjection(
        Optional<ProjectionType> projectionType, Optional<List<String>> nonKeyAttributes) {
    public IndexProjection {
        nonKeyAttributes = nonKeyAttributes.map(List::copyOf);
    }
}
