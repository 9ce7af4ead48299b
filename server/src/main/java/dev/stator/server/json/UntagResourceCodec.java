package dev.stator.server.json;

import dev.stator.core.operations.api.UntagResourceRequest;
import java.util.List;
import java.util.Objects;

/** UntagResource. Its response has no members. */
final class UntagResourceCodec {
    private UntagResourceCodec() {}

    static UntagResourceRequest read(RequestReader in) {
        String resourceArn = null;
        List<String> tagKeys = null;
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
        String arn = ListTagsOfResourceCodec.requireArn(resourceArn);
        Violations violations = new Violations();
        if (tagKeys == null) {
            violations.addNull("tagKeys");
        }
        violations.throwIfAny();
        return new UntagResourceRequest(arn, Objects.requireNonNull(tagKeys));
    }
}
