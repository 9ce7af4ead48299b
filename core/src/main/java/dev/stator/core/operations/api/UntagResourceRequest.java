package dev.stator.core.operations.api;

import java.util.List;

/** Takes tags from a resource. */
public record UntagResourceRequest(String resourceArn, List<String> tagKeys) implements ApiRequest {
    public UntagResourceRequest {
        tagKeys = List.copyOf(tagKeys);
    }

    @Override
    public List<String> tableNames() {
        return List.of(resourceArn);
    }
}
