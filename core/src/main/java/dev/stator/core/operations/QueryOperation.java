package dev.stator.core.operations;

import dev.stator.core.operations.api.QueryKeyCondition;
import dev.stator.core.operations.api.QueryRequest;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.core.operations.api.RangeRead;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.ExpressionParser;
import dev.stator.model.expression.KeyCondition;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UnboundKeyCondition;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the items of one partition key, in the order of their sort key or in the reverse order (API
 * reference, Query).
 */
final class QueryOperation {
    private final QueryRequest request;
    private final RangeRead read;
    private final OperationContext context;
    private final TableReference reference;
    private final UnboundKeyCondition keyCondition;
    private final ReadExpressions expressions;

    private QueryOperation(QueryRequest request, OperationContext context) {
        this.request = request;
        this.context = context;
        read = request.read();
        checkForm();
        ExpressionContext placeholders = Placeholders.of(read.expressionAttributes());
        Optional<Condition> filter = Conditions.compile(read.filter(), placeholders);
        Optional<Projection> projection = Projections.compile(read.projection(), placeholders);
        keyCondition = compile(request.keyCondition(), placeholders);
        placeholders.refuseUnused();
        expressions = new ReadExpressions(filter, projection);
        SelectRules.check(read, true);
        reference = TableReference.parse(request.tableName());
    }

    private static UnboundKeyCondition compile(
            QueryKeyCondition condition, ExpressionContext placeholders) {
        return condition
                .expression()
                .map(text -> ExpressionParser.parseKeyCondition(text, placeholders))
                .or(() -> LegacyForms.keyCondition(condition))
                .orElseThrow(() -> ApiException.validation(Messages.KEY_CONDITIONS_REQUIRED));
    }

    static void start(QueryRequest request, OperationContext context) {
        QueryOperation operation = new QueryOperation(request, context);
        TableLookup.find(context, operation.reference, operation::query);
    }

    private void checkForm() {
        boolean hasExpression = request.keyCondition().expression().isPresent();
        new ExpressionForm()
                .legacy("AttributesToGet", read.projection().attributesToGet())
                .legacy("QueryFilter", read.filter().conditions())
                .legacy("ConditionalOperator", read.filter().conditionalOperator())
                // KeyConditions go together with the expressions of everything else.
                .legacy(
                        "KeyConditions",
                        hasExpression ? request.keyCondition().conditions() : Optional.empty())
                .expression("ProjectionExpression", read.projection().expression())
                .valued("FilterExpression", read.filter().expression())
                .valued("KeyConditionExpression", request.keyCondition().expression())
                .check(read.expressionAttributes());
    }

    private void query(TableDescriptor table) {
        if (ReadTarget.mayBeOutdated(table, read)) {
            context.lookAgain(table, () -> queryAsItIs(table));
        } else {
            queryAsItIs(table);
        }
    }

    private void queryAsItIs(TableDescriptor table) {
        ReadTarget target = ReadTarget.of(table, read);
        Optional<Item> startKey = read.exclusiveStartKey();
        startKey.ifPresent(key -> {
            StartKeys.checkSize(target, key);
            StartKeys.checkAttributes(target.key().partition(), key);
        });
        KeyCondition condition = keyCondition.bindTo(target.key());
        startKey.ifPresent(key -> checkStartKey(target, key, condition));
        expressions.projection().ifPresent(kept -> ScalarKeys.check(table, kept.paths()));
        expressions.filter().ifPresent(filter -> target.key().refuseInFilter(filterName(), filter));
        target.checkAllAttributes(read);
        target.checkProjected(expressions.projection());
        ScalarKeys.check(table, expressions.filter());
        new RangeAnswer(context, reference, target, read, expressions)
                .read(
                        condition.range(),
                        request.scanIndexForward(),
                        result -> answer(target, result));
    }

    private void checkStartKey(ReadTarget target, Item startKey, KeyCondition condition) {
        StartKeys.checkAttributes(target.key().sort(), startKey);
        StartKeys.checkTableKey(target.table(), startKey);
        if (returnsOneItem(target)) {
            throw ApiException.validation(
                    "The provided exclusive start key is invalid: ExclusiveStartKey: "
                            + startKey.attributes());
        }
        List<AttributeValue> wanted = condition.partitionValues();
        List<AttributeValue> given = new ArrayList<>(wanted.size());
        for (KeyAttribute attribute : target.key().partition()) {
            AttributeValue value = startKey.get(attribute.name());
            if (value != null) {
                given.add(value);
            }
        }
        boolean samePartition = given.equals(wanted);
        if (condition.sort().isEmpty()) {
            if (!samePartition) {
                throw ApiException.validation(Messages.STARTING_KEY_OUTSIDE);
            }
            return;
        }
        if (!condition.rangeIn(given).contains(target.placementOf(startKey))) {
            throw ApiException.validation(
                    "The provided starting key does not match the range key predicate");
        }
        if (!samePartition) {
            throw ApiException.validation(
                    "The query can return at most one row and cannot be restarted");
        }
    }

    /** Whether there can be no second page. */
    private static boolean returnsOneItem(ReadTarget target) {
        return target.index().isEmpty() && target.key().sort().isEmpty();
    }

    private String filterName() {
        return read.filter().conditions().isPresent() ? "QueryFilter" : "Filter Expression";
    }

    private void answer(ReadTarget target, RangeAnswer.Result result) {
        context.answer(
                new QueryResponse(
                        result.items(),
                        result.page().count(),
                        result.page().evaluatedCount(),
                        returnsOneItem(target) ? Optional.empty() : result.page().lastKey(),
                        CapacityReport.of(read.returnConsumedCapacity(), result.consumed())));
    }
}
