package dev.stator.core.operations.api;

import java.util.List;

/** Gives tags to a resource. */
public record TagResourceRequest(String resourceArn, List<Tag> tags) implements ApiRequest {
    public TagResourceRequest {
        tags = List.copyOf(tags);
    }

    @Override
    public List<String> tableNames() {
        return List.of(resourceArn);
    }
}
