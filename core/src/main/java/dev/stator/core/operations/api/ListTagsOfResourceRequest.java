package dev.stator.core.operations.api;

import java.util.List;
import java.util.Optional;

/** Lists the tags of a resource. */
public record ListTagsOfResourceRequest(String resourceArn, Optional<String> nextToken)
        implements ApiRequest {
    @Override
    public List<String> tableNames() {
        return List.of(resourceArn);
    }
}
