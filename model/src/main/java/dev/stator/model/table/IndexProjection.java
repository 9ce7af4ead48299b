package dev.stator.model.table;

import java.util.List;

/**
 * Which attributes an index holds. {@code nonKeyAttributes} is empty unless the type is INCLUDE.
 */
public record IndexProjection(ProjectionType type, List<String> nonKeyAttributes) {
    public IndexProjection {
        nonKeyAttributes = List.copyOf(nonKeyAttributes);
    }
}
