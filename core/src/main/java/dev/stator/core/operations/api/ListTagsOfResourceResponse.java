package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/** A page of tags. */
public record ListTagsOfResourceResponse(List<Tag> tags, Optional<String> nextToken)
        implements ApiResponse {
    public ListTagsOfResourceResponse {
        tags = List.copyOf(tags);
    }
}
