package dev.stator.core.partition;

import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.Get;
import dev.stator.core.wire.PartitionRequest.PageBounds;
import dev.stator.core.wire.PartitionRequest.Range;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.expression.Comparator;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.expression.UpdateOperand;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import java.util.List;
import java.util.Optional;

/** Requests of tests on items {@code {pk: "…", v: n, by: n}}. */
final class Requests {
    static final Condition EXISTS = new Condition.AttributeExists(DocumentPath.of("pk"));
    static final Condition NOT_EXISTS = new Condition.AttributeNotExists(DocumentPath.of("pk"));

    private Requests() {}

    static PlacementKey key(String pk) {
        return PlacementKey.of(new AttributeValue.S(pk));
    }

    static AttributeValue number(long value) {
        return new AttributeValue.N(DecimalNumber.of(value));
    }

    static Item keyItem(String pk) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(pk));
        return attributes.toItem();
    }

    static Item item(String pk, long v) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(pk));
        attributes.put("v", number(v));
        return attributes.toItem();
    }

    static Item itemBy(String pk, long v, long by) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(pk));
        attributes.put("v", number(v));
        attributes.put("by", number(by));
        return attributes.toItem();
    }

    /** {pk, s} with so many characters in s. */
    static Item itemWithText(String pk, int chars) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(pk));
        attributes.put("s", new AttributeValue.S("x".repeat(chars)));
        return attributes.toItem();
    }

    static Condition vIs(long value) {
        return new Condition.Comparison(
                Comparator.EQ,
                new Operand.Path(DocumentPath.of("v")),
                new Operand.Constant(number(value)));
    }

    static Condition vBelow(long value) {
        return new Condition.Comparison(
                Comparator.LT,
                new Operand.Path(DocumentPath.of("v")),
                new Operand.Constant(number(value)));
    }

    static UpdateExpression set(String attribute, AttributeValue value) {
        return update(
                List.of(
                        new UpdateExpression.SetAction(
                                DocumentPath.of(attribute), new UpdateOperand.Constant(value))),
                List.of());
    }

    static UpdateExpression add(String attribute, long delta) {
        return update(
                List.of(),
                List.of(new UpdateExpression.AddAction(DocumentPath.of(attribute), number(delta))));
    }

    /** Adds to v and leaves who did it in by. */
    static UpdateExpression addBy(long delta, long by) {
        return update(
                List.of(
                        new UpdateExpression.SetAction(
                                DocumentPath.of("by"), new UpdateOperand.Constant(number(by)))),
                List.of(new UpdateExpression.AddAction(DocumentPath.of("v"), number(delta))));
    }

    static UpdateExpression remove(String attribute) {
        return new UpdateExpression(
                UpdateExpression.Origin.EXPRESSION,
                List.of(),
                List.of(new UpdateExpression.RemoveAction(DocumentPath.of(attribute))),
                List.of(),
                List.of());
    }

    private static UpdateExpression update(
            List<UpdateExpression.SetAction> sets, List<UpdateExpression.AddAction> adds) {
        return new UpdateExpression(
                UpdateExpression.Origin.EXPRESSION, sets, List.of(), adds, List.of());
    }

    /** A write that wants every image back. */
    static Write write(String pk, Change change, Optional<Condition> condition) {
        return new Write(key(pk), change, condition, true, true, true);
    }

    static Write put(String pk, long v) {
        return write(pk, new Change.Put(item(pk, v)), Optional.empty());
    }

    static Write putIf(String pk, long v, Condition condition) {
        return write(pk, new Change.Put(item(pk, v)), Optional.of(condition));
    }

    static Write update(String pk, UpdateExpression update) {
        return write(pk, new Change.Update(keyItem(pk), update), Optional.empty());
    }

    static Write delete(String pk) {
        return write(pk, new Change.Delete(), Optional.empty());
    }

    static Write deleteIf(String pk, Condition condition) {
        return write(pk, new Change.Delete(), Optional.of(condition));
    }

    static Get get(String pk, boolean consistent) {
        return new Get(key(pk), consistent, Optional.empty());
    }

    /** All of the partition, forward, consistent, as much as fits a page. */
    static Range all() {
        return page(KeyRange.ALL, true, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    static Range filtered(Condition filter) {
        return new Range(
                KeyRange.ALL,
                true,
                true,
                Optional.of(filter),
                Optional.empty(),
                new PageBounds(Integer.MAX_VALUE, Integer.MAX_VALUE),
                false,
                List.of("pk"));
    }

    static Range page(KeyRange range, boolean forward, int maxItems, int maxBytes) {
        return new Range(
                range,
                forward,
                true,
                Optional.empty(),
                Optional.empty(),
                new PageBounds(maxItems, maxBytes),
                false,
                List.of("pk"));
    }
}
