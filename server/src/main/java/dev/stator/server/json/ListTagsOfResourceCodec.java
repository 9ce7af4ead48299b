package dev.stator.server.json;

import dev.stator.core.operations.api.ListTagsOfResourceRequest;
import dev.stator.core.operations.api.ListTagsOfResourceResponse;
import dev.stator.core.operations.api.Tag;
import dev.stator.model.error.ApiException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** ListTagsOfResource. */
final class ListTagsOfResourceCodec {
    private ListTagsOfResourceCodec() {}

    static ListTagsOfResourceRequest read(RequestReader in) {
        String resourceArn = null;
        String nextToken = null;
        in.beginRequest("ListTagsOfResourceInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ResourceArn" -> resourceArn = in.string();
                case "NextToken" -> nextToken = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        return new ListTagsOfResourceRequest(
                requireArn(resourceArn), Optional.ofNullable(nextToken));
    }

    /** The ARN of a tagged resource; the operation looks at its form. */
    static String requireArn(@Nullable String resourceArn) {
        if (resourceArn == null) {
            throw ApiException.validation("Invalid TableArn");
        }
        Violations violations = new Violations();
        Members.RESOURCE_ARN.check(resourceArn, violations);
        violations.throwIfAny();
        return resourceArn;
    }

    static void write(ListTagsOfResourceResponse response, JsonGenerator out) {
        out.writeArrayPropertyStart("Tags");
        for (Tag tag : response.tags()) {
            out.writeStartObject();
            out.writeStringProperty("Key", Objects.requireNonNull(tag.key()));
            out.writeStringProperty("Value", Objects.requireNonNull(tag.value()));
            out.writeEndObject();
        }
        out.writeEndArray();
        StringsWriter.writeOptional("NextToken", response.nextToken(), out);
    }
}
