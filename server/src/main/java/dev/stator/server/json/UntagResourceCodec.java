package dev.stator.server.json;

import dev.stator.core.operations.api.UntagResourceRequest;
import java.util.List;

/** UntagResource. Its response has no members. */
final class UntagResourceCodec {
    private UntagResourceCodec() {}

    static UntagResourceRequest read(RequestReader in) {
        String resourceArn = null;
        List<String> tagKeys = List.of();
        in.beginRequest("UntagResourceInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ResourceArn" -> resourceArn = in.string();
                case "TagKeys" -> tagKeys = LegacyReader.strings(in);
                default -> in.skip();
            }
        }
        in.endRequest();
        return new UntagResourceRequest(ListTagsOfResourceCodec.requireArn(resourceArn), tagKeys);
    }
}
