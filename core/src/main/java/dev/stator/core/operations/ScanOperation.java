package dev.stator.core.operations;

import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ScanRequest;
import dev.stator.core.operations.api.ScanResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.Projection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import java.util.Optional;

/**
 * Reads a table or index, or one of the segments of a parallel scan, in the order of the hashes of
 * partition keys (API reference, Scan). A segment is an equal share of the hashes.
 */
final class ScanOperation {
    private final ScanRequest request;
    private final RangeRead read;
    private final OperationContext context;
    private final TableReference reference;
    private final ReadExpressions expressions;

    private ScanOperation(ScanRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
        read = request.read();
        new ExpressionForm()
                .legacy("AttributesToGet", read.projection().attributesToGet())
                .legacy("ScanFilter", read.filter().conditions())
                .legacy("ConditionalOperator", read.filter().conditionalOperator())
                .expression("ProjectionExpression", read.projection().expression())
                .valued("FilterExpression", read.filter().expression())
                .check(read.expressionAttributes());
        checkSegment();
        ExpressionContext placeholders = Placeholders.of(read.expressionAttributes());
        Optional<Condition> filter = Conditions.compile(read.filter(), placeholders);
        Optional<Projection> projection = Projections.compile(read.projection(), placeholders);
        placeholders.refuseUnused();
        expressions = new ReadExpressions(filter, projection);
        SelectRules.check(read, false);
        reference = TableReference.parse(request.tableName());
    }

    static void start(ScanRequest request, OperationContext context) {
        ScanOperation operation = new ScanOperation(request, context);
        TableLookup.find(context, operation.reference, operation::scan);
    }

    private void checkSegment() {
        if (request.segment().isPresent() && request.totalSegments().isEmpty()) {
            throw ApiException.validation(
                    "The TotalSegments parameter is required but was not present in the request"
                            + " when Segment parameter is present");
        }
        if (request.totalSegments().isEmpty()) {
            return;
        }
        int total = request.totalSegments().getAsInt();
        if (request.segment().isEmpty()) {
            throw ApiException.validation(
                    "The Segment parameter is required but was not present in the request when"
                            + " parameter TotalSegments is present");
        }
        int segment = request.segment().getAsInt();
        if (segment >= total) {
            throw ApiException.validation(
                    "The Segment parameter is zero-based and must be less than parameter"
                            + " TotalSegments: Segment: "
                            + segment
                            + " is not less than TotalSegments: "
                            + total);
        }
    }

    private void scan(TableDescriptor table) {
        if (ReadTarget.mayBeOutdated(table, read)) {
            context.lookAgain(table, () -> scanAsItIs(table));
        } else {
            scanAsItIs(table);
        }
    }

    private void scanAsItIs(TableDescriptor table) {
        ReadTarget target = ReadTarget.of(table, read);
        KeyRange range =
                request.segment().isPresent()
                        ? KeyRange.segment(
                                request.segment().getAsInt(), request.totalSegments().orElseThrow())
                        : KeyRange.ALL;
        Optional<Item> startKey = read.exclusiveStartKey();
        if (target.index().isPresent()) {
            startKey.ifPresent(key -> {
                StartKeys.checkSize(target, key);
                StartKeys.checkAttributes(target.key().partition(), key);
                StartKeys.checkAttributes(target.key().sort(), key);
            });
            target.checkAllAttributes(read);
            startKey.ifPresent(key -> StartKeys.checkTableKey(table, key));
        } else {
            startKey.ifPresent(key -> StartKeys.checkTableKeyAlone(table, key));
        }
        startKey.ifPresent(key -> checkSegmentOf(target.placementOf(key), range));
        expressions.projection().ifPresent(kept -> ScalarKeys.check(table, kept.paths()));
        ScalarKeys.check(table, expressions.filter());
        target.checkProjected(expressions.projection());
        new RangeAnswer(context, reference, target, read, expressions)
                .read(range, true, this::answer);
    }

    private void checkSegmentOf(PlacementKey startKey, KeyRange range) {
        if (!range.contains(startKey)) {
            throw ApiException.validation(
                    Messages.INVALID_STARTING_KEY
                            + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with"
                            + " correct Segment. TotalSegments: "
                            + request.totalSegments().orElse(0)
                            + " Segment: "
                            + request.segment().orElse(0));
        }
    }

    private void answer(RangeAnswer.Result result) {
        context.answer(
                new ScanResponse(
                        result.items(),
                        result.page().count(),
                        result.page().evaluatedCount(),
                        result.page().lastKey(),
                        CapacityReport.of(read.returnConsumedCapacity(), result.consumed())));
    }
}
