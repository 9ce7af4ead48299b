package dev.stator.server.json;

import dev.stator.core.operations.api.Tag;
import dev.stator.core.operations.api.TagResourceRequest;
import java.util.List;

/** TagResource. Its response has no members. */
final class TagResourceCodec {
    private TagResourceCodec() {}

    static TagResourceRequest read(RequestReader in) {
        String resourceArn = null;
        List<Tag> tags = List.of();
        in.beginRequest("TagResourceInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ResourceArn" -> resourceArn = in.string();
                case "Tags" -> tags = TableOptionsReader.tags(in);
                default -> in.skip();
            }
        }
        in.endRequest();
        return new TagResourceRequest(ListTagsOfResourceCodec.requireArn(resourceArn), tags);
    }
}
