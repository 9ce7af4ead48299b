package dev.stator.core.operations;

import dev.stator.core.operations.api.UntagResourceRequest;
import dev.stator.core.operations.api.UntagResourceResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiException;
import java.util.LinkedHashMap;

/** Takes tags from a table (API reference, UntagResource). */
final class UntagResourceOperation {
    private UntagResourceOperation() {}

    static void start(UntagResourceRequest request, OperationContext context) {
        if (request.tagKeys().isEmpty()) {
            throw ApiException.validation("Atleast one Tag Key needs to be provided as Input.");
        }
        TagRules.checkKeys(request.tagKeys());
        TableReference reference = TagRules.table(context, request.resourceArn());
        TableChange change = new TableChange.Tags(new LinkedHashMap<>(), request.tagKeys());
        ControlPlane.call(
                context,
                new AdminRequest.UpdateTable(context.accountId(), reference.name(), change),
                table -> context.answer(new UntagResourceResponse()),
                error -> context.fail(TagRules.worded(error, request.resourceArn())));
    }
}
