package dev.stator.core.operations;

import dev.stator.core.operations.api.TagResourceRequest;
import dev.stator.core.operations.api.TagResourceResponse;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.TableChange;
import dev.stator.model.error.ApiException;
import java.util.List;

/** Gives tags to a table (API reference, TagResource). */
final class TagResourceOperation {
    private TagResourceOperation() {}

    static void start(TagResourceRequest request, OperationContext context) {
        if (request.tags().isEmpty()) {
            throw ApiException.validation("Atleast one Tag needs to be provided as Input.");
        }
        TableReference reference = TagRules.table(context, request.resourceArn());
        TableChange change = new TableChange.Tags(TagRules.newTags(request.tags()), List.of());
        ControlPlane.call(
                context,
                new AdminRequest.UpdateTable(context.accountId(), reference.name(), change),
                table -> context.answer(new TagResourceResponse()),
                error -> context.fail(TagRules.worded(error, request.resourceArn())));
    }
}
