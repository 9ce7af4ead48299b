package dev.stator.core.operations;

import dev.stator.core.operations.api.ListTagsOfResourceRequest;
import dev.stator.core.operations.api.ListTagsOfResourceResponse;
import dev.stator.core.operations.api.Tag;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the tags of a table, all on one page (API reference, ListTagsOfResource). */
final class ListTagsOfResourceOperation {
    private ListTagsOfResourceOperation() {}

    static void start(ListTagsOfResourceRequest request, OperationContext context) {
        TableReference reference = TagRules.table(context, request.resourceArn());
        ControlPlane.call(
                context,
                new AdminRequest.DescribeTable(context.accountId(), reference.name()),
                table -> {
                    List<Tag> tags = new ArrayList<>();
                    table.settings().tags().forEach((key, value) -> tags.add(new Tag(key, value)));
                    context.answer(new ListTagsOfResourceResponse(tags, Optional.empty()));
                },
                error -> context.fail(TagRules.worded(error, request.resourceArn())));
    }
}
