package dev.stator.server.json;

import dev.stator.core.operations.api.Tag;
import dev.stator.core.operations.api.TagResourceRequest;
import java.util.List;
import java.util.Objects;

/** TagResource. Its response has no members. */
final class TagResourceCodec {
    private TagResourceCodec() {}

    static TagResourceRequest read(RequestReader in) {
        String resourceArn = null;
        List<Tag> tags = null;
        Violations violations = new Violations();
        in.beginRequest("TagResourceInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ResourceArn" -> resourceArn = in.string();
                case "Tags" -> tags = TableOptionsReader.tags(in, violations);
                default -> in.skip();
            }
        }
        in.endRequest();
        String arn = ListTagsOfResourceCodec.requireArn(resourceArn);
        if (tags == null) {
            violations.addNull("tags");
        }
        violations.throwIfAny();
        return new TagResourceRequest(arn, Objects.requireNonNull(tags));
    }
}
